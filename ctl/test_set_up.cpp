#include <doctest/doctest.h>

#include "ctl/setup/plan.h"
#include "daemon/settings.h"
#include "daemon/settings_table.h"

using namespace rollcall;
using namespace rollcall::ctl;

TEST_CASE("the settings are the sample with this installation's names and secrets, and are right") {
  const auto text =
      setup::settings_text(daemon::sample_settings(),
                           {"montague.lit", "talk.montague.lit", setup::Server::prosody, "https://meet.montague.lit"},
                           {"s1", "s2", "s3", "s4", "s5", "s6"});
  const auto loaded =
      daemon::Settings::load({.file_name = "rollcall.toml",
                              .file_text = text,
                              .required = {"xmpp.domain", "xmpp.secret", "control.mcu_token", "links.key"}});
  REQUIRE(loaded.problems.empty());
  CHECK(loaded.settings.text("xmpp.domain") == "talk.montague.lit");
  CHECK(loaded.settings.text("xmpp.secret") == "s1");
  CHECK(loaded.settings.text("control.mcu_token") == "s2");
  CHECK(loaded.settings.text("control.web_token") == "s3");
  CHECK(loaded.settings.text("control.sip_token") == "s4");
  CHECK(loaded.settings.text("control.operator_token") == "s5");
  CHECK(loaded.settings.text("links.key") == "s6");
  CHECK(loaded.settings.text("links.base_url") == "https://meet.montague.lit");
}
