// Data forms, XEP-0004.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

enum class FormType { form, submit, cancel, result };
enum class FieldType {
  boolean,
  fixed,
  hidden,
  jid_multi,
  jid_single,
  list_multi,
  list_single,
  text_multi,
  text_private,
  text_single
};

struct FieldOption {
  std::string value;
  std::string label = {};
  bool operator==(const FieldOption&) const = default;
};

struct Field {
  std::string var;
  FieldType type = FieldType::text_single;
  std::string label = {};
  std::vector<std::string> values = {};
  std::vector<FieldOption> options = {};
  bool required = false;
  bool operator==(const Field&) const = default;
};

struct DataForm {
  FormType type = FormType::form;
  std::string title = {};
  std::vector<std::string> instructions = {};
  std::vector<Field> fields = {};
  std::vector<Field> reported = {};            ///< of a table: its columns
  std::vector<std::vector<Field>> items = {};  ///< of a table: its lines
  bool operator==(const DataForm&) const = default;

  /// The first value of a field; none: the field is not there or has no value.
  [[nodiscard]] std::optional<std::string> value(std::string_view var) const;
  /// All values of a field, blank ones left out. Clients may put several into one, a line each (JC-53).
  [[nodiscard]] std::vector<std::string> values(std::string_view var) const;
  /// A boolean field: "1" or "true".
  [[nodiscard]] std::optional<bool> truth(std::string_view var) const;
};

/// `x` is the <x xmlns='jabber:x:data'/>. None: its type is not known.
[[nodiscard]] std::optional<DataForm> read_form(const gloox::Tag& x);
[[nodiscard]] TagPtr write_form(const DataForm& form);

}  // namespace rollcall::component::stanza
