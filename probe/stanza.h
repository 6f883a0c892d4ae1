// libstrophe's stanzas made safe: reference counts are kept by a value, attributes and texts are std::strings.
#pragma once

#include <strophe.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::probe {

/// One element of XML, shared with every copy of this value and with libstrophe. An empty one stands for "not there";
/// reading from it gives empty texts. Main thread only.
class Stanza {
 public:
  using Attributes = std::initializer_list<std::pair<const char*, std::string>>;

  Stanza() = default;
  /// A new element; `ns` empty means the parent's.
  explicit Stanza(const std::string& name, const std::string& ns = {}, Attributes attributes = {});
  [[nodiscard]] static Stanza share(xmpp_stanza_t* stanza);
  [[nodiscard]] static Stanza parse(const std::string& xml);  ///< empty if it is not well-formed

  Stanza(const Stanza& other);
  Stanza(Stanza&& other) noexcept : stanza_(std::exchange(other.stanza_, nullptr)) {}
  Stanza& operator=(Stanza other) noexcept;
  ~Stanza();

  explicit operator bool() const { return stanza_ != nullptr; }
  [[nodiscard]] xmpp_stanza_t* get() const { return stanza_; }

  [[nodiscard]] std::string name() const;
  [[nodiscard]] std::string ns() const;
  /// libstrophe drops namespaces of attributes: `xml:lang` is `lang` here.
  [[nodiscard]] std::string attribute(const char* name) const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool is(std::string_view name, std::string_view ns) const;
  [[nodiscard]] std::vector<Stanza> children() const;  ///< elements only
  [[nodiscard]] std::vector<Stanza> children(std::string_view name) const;
  [[nodiscard]] Stanza child(std::string_view name, std::string_view ns = {}) const;
  [[nodiscard]] std::string xml() const;

  /// Takes an empty value as "leave it out": no client likes empty attributes.
  Stanza& set(const char* name, const std::string& value);
  Stanza& add(const Stanza& child);
  Stanza& add_text(const std::string& text);

 private:
  xmpp_stanza_t* stanza_ = nullptr;
};

/// libstrophe's context, made with the first use and kept to the end of the process.
[[nodiscard]] xmpp_ctx_t* strophe_context();

/// A random identifier, RFC 4122 version 4.
[[nodiscard]] std::string new_id();

/// `team@call.example.org/call` without its resource.
[[nodiscard]] std::string bare(const std::string& address);

}  // namespace rollcall::probe
