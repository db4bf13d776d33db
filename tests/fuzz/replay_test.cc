// SPDX-License-Identifier: LGPL-2.1-or-later
// Gives each file of a corpus to its fuzzing program's function: what was found once stays found.
// Compiled once for each of them, with KEVENT_CORPUS (the folder) and KEVENT_SUITE (its name).
#include <gtest/gtest.h>

#include <filesystem>

#include "lib/base/files.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

TEST(KEVENT_SUITE, HoldsItsProperties) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(KEVENT_CORPUS)) {
    SCOPED_TRACE(entry.path().string());
    const auto content = kevent::base::read_file(entry.path().string());
    ASSERT_TRUE(content.ok());
    EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(content->data()),
                                     content->size()),
              0);
    ++files;
  }
  EXPECT_GT(files, 0);
}

}  // namespace
