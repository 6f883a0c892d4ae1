#include "xmpp-component/stanza/vcard.h"

namespace rollcall::component::stanza {
namespace {

std::string text_at(const gloox::Tag& parent, std::string_view name) {
  const gloox::Tag* child = child_of(parent, name, vcard_namespace);
  return child == nullptr ? std::string() : child->cdata();
}

Telephone read_telephone(const gloox::Tag& tel) {
  Telephone telephone;
  for (const gloox::Tag* child : tel.children()) {
    if (child->name() == "NUMBER") {
      telephone.number = std::string(trimmed(child->cdata()));
    } else {
      telephone.types.push_back(child->name());
    }
  }
  return telephone;
}

void write_text(gloox::Tag& parent, const std::string& name, const std::string& text) {
  if (!text.empty()) add_child(parent, name).setCData(text);
}

}  // namespace

VCard read_vcard(const gloox::Tag& tag) {
  VCard vcard{
      .full_name = text_at(tag, "FN"), .nickname = text_at(tag, "NICKNAME"), .description = text_at(tag, "DESC")};
  if (const gloox::Tag* photo = child_of(tag, "PHOTO", vcard_namespace)) {
    vcard.photo_type = text_at(*photo, "TYPE");
    vcard.photo_base64 = text_at(*photo, "BINVAL");
  }
  for (const gloox::Tag* child : tag.children()) {
    if (!is(*child, "TEL", vcard_namespace)) continue;
    if (Telephone telephone = read_telephone(*child); !telephone.number.empty()) {
      vcard.telephones.push_back(std::move(telephone));
    }
  }
  return vcard;
}

TagPtr write_vcard(const VCard& vcard) {
  TagPtr tag = element("vCard", std::string(vcard_namespace));
  write_text(*tag, "FN", vcard.full_name);
  write_text(*tag, "NICKNAME", vcard.nickname);
  write_text(*tag, "DESC", vcard.description);
  if (!vcard.photo_base64.empty()) {
    gloox::Tag& photo = add_child(*tag, "PHOTO");
    write_text(photo, "TYPE", vcard.photo_type);
    write_text(photo, "BINVAL", vcard.photo_base64);
  }
  for (const Telephone& telephone : vcard.telephones) {
    gloox::Tag& tel = add_child(*tag, "TEL");
    for (const std::string& type : telephone.types) add_child(tel, type);
    write_text(tel, "NUMBER", telephone.number);
  }
  return tag;
}

}  // namespace rollcall::component::stanza
