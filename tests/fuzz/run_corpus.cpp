// Runs a fuzz target over the files given, and over every truncation and many single-byte changes of each; so the
// targets run in every build, with any compiler. A crash is the only failure.
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

void run_with_changes(std::string input) {
  run(input);
  for (std::size_t i = 0; i < input.size(); i += 5) {
    run(input.substr(0, i));
    const char kept = input[i];
    for (char other : {'\0', '\n', ' ', ':', '9', '\xff'}) {
      input[i] = other;
      run(input);
    }
    input[i] = kept;
  }
}

}  // namespace

int main(int count, char** arguments) {
  for (int i = 1; i < count; ++i) {
    std::ifstream file(arguments[i], std::ios::binary);
    if (!file) {
      std::fprintf(stderr, "%s cannot be read\n", arguments[i]);
      return 1;
    }
    run_with_changes({std::istreambuf_iterator<char>(file), {}});
  }
  return count > 1 ? 0 : 1;
}
