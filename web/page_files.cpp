#include "web/page_files.h"

#include "web/answers.h"

// Made from web/page by the build.
#include "web/api_js.h"
#include "web/app_js.h"
#include "web/call_js.h"
#include "web/devices_js.h"
#include "web/icon_svg.h"
#include "web/index_html.h"
#include "web/layers_js.h"
#include "web/style_css.h"

namespace rollcall::web {

namespace {

struct File {
  std::string_view name;
  std::string_view type;
  std::string_view text;
};
constexpr std::string_view script = "text/javascript; charset=utf-8";
constexpr File files[] = {
    {"index.html", "text/html; charset=utf-8", index_html},
    {"style.css", "text/css; charset=utf-8", style_css},
    {"icon.svg", "image/svg+xml", icon_svg},
    {"api.js", script, api_js},
    {"app.js", script, app_js},
    {"call.js", script, call_js},
    {"devices.js", script, devices_js},
    {"layers.js", script, layers_js},
};

}  // namespace

Answer page_file(std::string_view name) {
  for (const auto& file : files)
    if (file.name == name) return {.content_type = std::string(file.type), .body = std::string(file.text)};
  return not_found();
}

}  // namespace rollcall::web
