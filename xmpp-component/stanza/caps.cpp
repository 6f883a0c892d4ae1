#include "xmpp-component/stanza/caps.h"

#include <gloox/base64.h>
#include <gloox/sha.h>

#include <algorithm>
#include <vector>

namespace rollcall::component::stanza {
namespace {

/// XEP-0115 §5.1, step 7: FORM_TYPE first, then each field with its values, all in order of bytes.
std::string form_text(const DataForm& form) {
  std::string text = form.value("FORM_TYPE").value_or("") + '<';
  std::vector<Field> fields = form.fields;
  std::ranges::sort(fields, {}, &Field::var);
  for (Field& field : fields) {
    if (field.var == "FORM_TYPE") continue;
    text += field.var + '<';
    std::ranges::sort(field.values);
    for (const std::string& value : field.values) text += value + '<';
  }
  return text;
}

}  // namespace

std::string caps_hash(const DiscoInfo& info) {
  std::vector<std::string> identities;
  for (const Identity& each : info.identities) {
    identities.push_back(each.category + '/' + each.type + '/' + each.language + '/' + each.name);
  }
  std::vector<std::string> features = info.features;
  std::vector<std::string> forms;
  for (const DataForm& form : info.forms) {
    if (form.value("FORM_TYPE")) forms.push_back(form_text(form));
  }
  std::ranges::sort(identities);
  std::ranges::sort(features);
  std::ranges::sort(forms);
  std::string text;
  for (const std::string& identity : identities) text += identity + '<';
  for (const std::string& feature : features) text += feature + '<';
  for (const std::string& form : forms) text += form;
  gloox::SHA sha;
  sha.feed(text);
  sha.finalize();
  return gloox::Base64::encode64(sha.binary());
}

}  // namespace rollcall::component::stanza
