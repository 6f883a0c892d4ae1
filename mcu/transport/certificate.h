#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace rollcall::mcu::transport {

struct OpenSslFree {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
};
template <class T>
using OpenSslPtr = std::unique_ptr<T, OpenSslFree>;

/// Our self-signed EC P-256 certificate, made once per process: its fingerprint is what the descriptions carry
/// (RFC 8122). Immutable; any thread.
class Certificate {
 public:
  /// Throws std::runtime_error if OpenSSL cannot make one.
  Certificate();
  [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }
  [[nodiscard]] X509* x509() const { return certificate_.get(); }
  /// sha-256, upper-case hex with colons.
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }

 private:
  OpenSslPtr<EVP_PKEY> key_;
  OpenSslPtr<X509> certificate_;
  std::string fingerprint_;
};

/// "AB:CD:…" over the certificate by `hash` ("sha-256", "sha-1", …, any case); empty for a hash that we do not know.
[[nodiscard]] std::string fingerprint_of(const X509* certificate, const std::string& hash);
/// Whether two fingerprints are the same bytes; case and white space are not looked at.
[[nodiscard]] bool same_fingerprint(const std::string& first, const std::string& second);

}  // namespace rollcall::mcu::transport
