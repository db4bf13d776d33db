// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/temporary_directory.h"

#include <cstdlib>
#include <string>
#include <system_error>

#include "tests/support/failure.h"

namespace kevent::support {

TemporaryDirectory::TemporaryDirectory() {
  std::string name = std::filesystem::temp_directory_path() / "kevent-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    fail_with_errno("mkdtemp " + name);
  }
  path_ = name;
  using std::filesystem::perms;
  std::filesystem::permissions(path_, perms::owner_all | perms::group_read | perms::group_exec |
                                          perms::others_read | perms::others_exec);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace kevent::support
