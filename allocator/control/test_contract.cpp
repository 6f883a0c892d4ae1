// The schemas of schemas/control and the codec, held to one another over the examples, both ways. The only unit that
// sees valijson: it costs seconds of compile time.
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <valijson/adapters/poco_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "allocator/control/codec.h"

using namespace rollcall;
using namespace rollcall::control;
namespace fs = std::filesystem;
using Poco::Dynamic::Var;
using valijson::adapters::PocoJsonAdapter;

namespace {

const fs::path folder = fs::path(ROLLCALL_SOURCE_ROOT) / "schemas/control";

Var read_json(const fs::path& path) {
  std::ifstream file(path);
  REQUIRE_MESSAGE(file.good(), path.string());
  return Poco::JSON::Parser().parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

std::string text_of(const Var& json) {
  std::ostringstream out;
  Poco::JSON::Stringifier::stringify(json, out);
  return out.str();
}

/// A message's schema, with those that it refers to.
class Schema {
 public:
  explicit Schema(const std::string& method) {
    const Var document = read_json(folder / (method + ".json"));
    const auto fetch = [](const std::string& uri) { return new Var(read_json(folder / uri)); };
    const auto release = [](const Var* fetched) { delete fetched; };
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(PocoJsonAdapter(document), schema_, fetch, release);
  }
  [[nodiscard]] bool accepts(const Var& json) const {
    return valijson::Validator(valijson::Validator::kStrongTypes).validate(schema_, PocoJsonAdapter(json), nullptr);
  }

 private:
  valijson::Schema schema_;
};

const Schema& schema_of(const std::string& method) {
  static std::map<std::string, std::unique_ptr<Schema>> schemas;
  auto& schema = schemas[method];
  if (!schema) schema = std::make_unique<Schema>(method);
  return *schema;
}

struct Example {
  std::string name;
  std::string method;
  std::string part;  ///< "params" or "result"
  Var whole;
  std::string json;  ///< of the part
};

std::vector<Example> examples(const std::string& kind) {
  std::vector<Example> found;
  for (const auto& entry : fs::directory_iterator(folder / "examples" / kind)) {
    const std::string name = entry.path().filename().string();
    const Var whole = read_json(entry.path());
    const auto object = whole.extract<Poco::JSON::Object::Ptr>();
    REQUIRE_MESSAGE(object->size() == 1, name);
    const std::string part = object->begin()->first;
    found.push_back({name, name.substr(0, name.find("--")), part, whole, text_of(object->begin()->second)});
  }
  return found;
}

template <class T>
concept Asks = requires {
  typename T::Result;
};

/// The result, decoded and encoded again; none: refused, or not a request's.
template <class T>
std::optional<std::string> again(const Example& example) {
  if constexpr (Asks<T>) {
    if (auto result = decode_result<T>(example.json)) return encode_result(*result);
  }
  return std::nullopt;
}

template <std::size_t... Index>
std::optional<std::string> result_again(const Example& example, std::index_sequence<Index...>) {
  std::optional<std::string> found;
  ((std::variant_alternative_t<Index, Message>::method == example.method
        ? void(found = again<std::variant_alternative_t<Index, Message>>(example))
        : void()),
   ...);
  return found;
}

/// What the codec makes of the example and writes again; none: it refuses it.
std::optional<std::string> through_the_codec(const Example& example) {
  if (example.part == "result") {
    return result_again(example, std::make_index_sequence<std::variant_size_v<Message>>{});
  }
  const auto decoded = decode(envelope_request(1, example.method, example.json));
  const auto* incoming = std::get_if<Incoming>(&decoded);
  if (incoming == nullptr) return std::nullopt;
  return std::visit([](const auto& message) { return encode_params(message); }, incoming->message);
}

template <std::size_t... Index>
std::map<std::string, bool> all_methods(std::index_sequence<Index...>) {
  return {{std::string(std::variant_alternative_t<Index, Message>::method),
           Asks<std::variant_alternative_t<Index, Message>>}...};
}

}  // namespace

TEST_CASE("every valid example is accepted by its schema and survives the codec") {
  for (const auto& example : examples("valid")) {
    CAPTURE(example.name);
    CHECK(schema_of(example.method).accepts(example.whole));
    const auto written = through_the_codec(example);
    REQUIRE(written.has_value());
    const Var back = Poco::JSON::Parser().parse("{\"" + example.part + "\":" + *written + "}");
    CHECK_MESSAGE(schema_of(example.method).accepts(back), *written);
    const Example once_more{example.name, example.method, example.part, back, *written};
    CHECK(through_the_codec(once_more) == written);
  }
}

TEST_CASE("every invalid example is refused by its schema and by the codec") {
  for (const auto& example : examples("invalid")) {
    CAPTURE(example.name);
    CHECK_FALSE(schema_of(example.method).accepts(example.whole));
    CHECK_FALSE(through_the_codec(example).has_value());
  }
}

TEST_CASE("every message has a schema, and valid and invalid examples of its parameters and its result") {
  std::set<std::string> valid;
  std::set<std::string> invalid;
  for (const auto& example : examples("valid")) valid.insert(example.method + " " + example.part);
  for (const auto& example : examples("invalid")) invalid.insert(example.method + " " + example.part);
  std::set<std::string> expected;
  for (const auto& [method, asks] : all_methods(std::make_index_sequence<std::variant_size_v<Message>>{})) {
    CHECK_MESSAGE(fs::exists(folder / (method + ".json")), method);
    expected.insert(method + " params");
    if (asks) expected.insert(method + " result");
  }
  CHECK(valid == expected);
  CHECK(invalid == expected);
}

TEST_CASE("there is no schema without a message") {
  const auto methods = all_methods(std::make_index_sequence<std::variant_size_v<Message>>{});
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().stem().string();
    if (entry.is_directory() || name == "common" || name == "media") continue;
    CHECK_MESSAGE(methods.contains(name), name);
  }
}

TEST_CASE("every reason that we can send is one of the schema's") {
  for (int i = 0; i <= static_cast<int>(model::Reason::internal); ++i) {
    const LegEnded ended{LegId("l1"), static_cast<model::Reason>(i)};
    const Var json = Poco::JSON::Parser().parse("{\"params\":" + encode_params(ended) + "}");
    CHECK_MESSAGE(schema_of("leg.ended").accepts(json), model::to_text(ended.reason));
  }
}
