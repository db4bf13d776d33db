// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/failures.h"
#include "tests/support/temporary_directory.h"

namespace kevent::base {
namespace {

class Files : public ::testing::Test {
 protected:
  std::string path(const std::string& name) const { return (directory_ / name).string(); }

  std::string with_content(const std::string& name, std::string_view content) const {
    const std::string file = path(name);
    EXPECT_TRUE(replace_file(file, content));
    return file;
  }

  support::TemporaryDirectory directory_;
};

TEST_F(Files, AreNotInheritedByPrograms) {
  auto file = open_file("/dev/null", O_RDONLY);
  ASSERT_TRUE(file);
  EXPECT_TRUE(::fcntl(file->get(), F_GETFD) & FD_CLOEXEC);
}

TEST_F(Files, ThatAreMissingGiveTheirNameInTheError) {
  const auto file = open_file(path("none"), O_RDONLY);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().message(), "open " + path("none") + ": No such file or directory");
}

TEST_F(Files, OfManyPagesAreReadWhole) {
  std::string content;
  for (int i = 0; i < 100'000; ++i) content += static_cast<char>(i * 7);
  const auto read = read_file(with_content("file", content));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, content);
}

TEST_F(Files, WithoutASizeAreReadWhole) {
  const auto read = read_file("/proc/self/mountinfo");
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->ends_with('\n'));
}

TEST_F(Files, UpToTheLimitAreRead) {
  EXPECT_TRUE(read_file(with_content("file", "12345"), 5));
}

TEST_F(Files, BeyondTheLimitAreRefused) {
  const auto read = read_file(with_content("file", "123456"), 5);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, E2BIG);
}

TEST_F(Files, WithoutEndStopAtTheLimit) {
  const auto read = read_file("/dev/zero", 1 << 16);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, E2BIG);
}

TEST_F(Files, ThatAreFoldersCantBeRead) {
  const auto read = read_file(directory_.path().string());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, EISDIR);
}

TEST_F(Files, OfOneAttributeLoseTheirLastNewline) {
  EXPECT_EQ(*read_attribute(with_content("a", "disk\n")), "disk");
  EXPECT_EQ(*read_attribute(with_content("b", "disk")), "disk");
  EXPECT_EQ(*read_attribute(with_content("c", "two\n\n")), "two\n");
  EXPECT_EQ(*read_attribute(with_content("d", "")), "");
}

TEST_F(Files, OfAnAttributeThatIsMissingAreAbsent) {
  EXPECT_TRUE(is_absence(read_attribute(path("none")).error()));
  EXPECT_TRUE(is_absence(read_attribute(with_content("file", "") + "/below").error()));
  EXPECT_FALSE(is_absence(read_attribute(directory_.path().string()).error()));
}

TEST_F(Files, AreReplacedAsAWhole) {
  const std::string file = with_content("file", "a long old content");
  auto old = open_file(file, O_RDONLY);
  ASSERT_TRUE(old);
  ASSERT_TRUE(replace_file(file, "new"));

  EXPECT_EQ(*read_attribute(file), "new");
  // Who has the old file open keeps it: nobody sees a mixture.
  std::array<std::byte, 100> buffer;
  EXPECT_EQ(*read_at(*old, buffer, 0), 18U);
}

TEST_F(Files, ThatCantBeReplacedLeaveNothingBehind) {
  ASSERT_TRUE(make_directory(path("taken")));
  ASSERT_FALSE(replace_file(path("taken"), "new"));
  EXPECT_FALSE(*path_exists(path("taken.new")));
}

TEST_F(Files, OnAFullDeviceCantBeReplaced) {
  ASSERT_EQ(::symlink("/dev/full", path("file.new").c_str()), 0);
  const auto replaced = replace_file(path("file"), "x");
  ASSERT_FALSE(replaced);
  EXPECT_EQ(replaced.error().code, ENOSPC);
}

TEST_F(Files, ReadAtGivesWhatIsThere) {
  auto file = open_file(with_content("file", "0123456789"), O_RDONLY);
  ASSERT_TRUE(file);
  std::array<char, 4> buffer{};
  EXPECT_EQ(*read_at(*file, std::as_writable_bytes(std::span(buffer)), 3), 4U);
  EXPECT_EQ(std::string_view(buffer.data(), 4), "3456");
  EXPECT_EQ(*read_at(*file, std::as_writable_bytes(std::span(buffer)), 8), 2U);
  EXPECT_EQ(*read_at(*file, std::as_writable_bytes(std::span(buffer)), 10), 0U);
}

TEST_F(Files, WriteAtLeavesTheRest) {
  const std::string name = with_content("file", "0123456789");
  auto file = open_file(name, O_RDWR);
  ASSERT_TRUE(file);
  ASSERT_TRUE(write_at(*file, std::as_bytes(std::span(std::string_view("xy"))), 4));
  EXPECT_EQ(*read_attribute(name), "0123xy6789");
}

TEST_F(Files, WriteAtTellsWhyItFailed) {
  auto file = open_file("/dev/full", O_WRONLY);
  ASSERT_TRUE(file);
  const auto written = write_at(*file, std::as_bytes(std::span(std::string_view("x"))), 0);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ENOSPC);
}

TEST_F(Files, AreReservedWithBlocks) {
  auto file = open_file(path("file"), O_RDWR | O_CREAT);
  ASSERT_TRUE(file);
  ASSERT_TRUE(reserve(*file, 1 << 20));
  EXPECT_EQ(*file_size(*file), std::uint64_t{1} << 20);
  struct stat status;
  ASSERT_EQ(::fstat(file->get(), &status), 0);
  EXPECT_GE(status.st_blocks * 512, 1 << 20);
}

TEST_F(Files, ThatCantBeReservedSaySo) {
  auto file = open_file("/dev/null", O_RDWR);
  ASSERT_TRUE(file);
  const auto reserved = reserve(*file, 4096);
  ASSERT_FALSE(reserved);
  EXPECT_EQ(reserved.error().code, ENODEV);
}

TEST_F(Files, AreLockedByOneOnly) {
  const std::string name = with_content("lock", "");
  auto one = open_file(name, O_RDWR);
  auto other = open_file(name, O_RDWR);
  ASSERT_TRUE(one && other);
  ASSERT_TRUE(lock_file(*one));
  const auto locked = lock_file(*other);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().code, EWOULDBLOCK);
}

TEST_F(Files, AreUnlockedByClosing) {
  const std::string name = with_content("lock", "");
  auto one = open_file(name, O_RDWR);
  auto other = open_file(name, O_RDWR);
  ASSERT_TRUE(one && other);
  ASSERT_TRUE(lock_file(*one));
  *one = FileDescriptor();
  EXPECT_TRUE(lock_file(*other));
}

TEST_F(Files, FolderIsMade) {
  ASSERT_TRUE(make_directory(path("folder")));
  EXPECT_TRUE(std::filesystem::is_directory(path("folder")));
}

TEST_F(Files, FolderMayBeThereAlready) {
  ASSERT_TRUE(make_directory(path("folder")));
  EXPECT_TRUE(make_directory(path("folder")));
}

TEST_F(Files, FolderMustNotBeAFile) {
  const auto made = make_directory(with_content("file", ""));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, EEXIST);
}

TEST_F(Files, FolderNeedsItsParent) {
  const auto made = make_directory(path("none/folder"));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ENOENT);
}

TEST_F(Files, AreRenamedOverOthers) {
  const std::string from = with_content("from", "new");
  const std::string to = with_content("to", "old");
  ASSERT_TRUE(rename_file(from, to));
  EXPECT_EQ(*read_attribute(to), "new");
  EXPECT_FALSE(*path_exists(from));
}

TEST_F(Files, ThatAreMissingCantBeRenamed) {
  const auto renamed = rename_file(path("none"), path("to"));
  ASSERT_FALSE(renamed);
  EXPECT_EQ(renamed.error().code, ENOENT);
}

TEST_F(Files, AreRemoved) {
  const std::string file = with_content("file", "");
  ASSERT_TRUE(remove_file(file));
  EXPECT_FALSE(*path_exists(file));
}

TEST_F(Files, ThatAreMissingAreRemovedAlready) {
  EXPECT_TRUE(remove_file(path("none")));
}

TEST_F(Files, ThatAreFoldersAreNotRemoved) {
  ASSERT_TRUE(make_directory(path("folder")));
  EXPECT_FALSE(remove_file(path("folder")));
}

TEST_F(Files, LinkIsReadAsWritten) {
  ASSERT_EQ(::symlink("../none/../x", path("link").c_str()), 0);
  EXPECT_EQ(*read_link(path("link")), "../none/../x");
  EXPECT_EQ(read_link(with_content("file", "")).error().code, EINVAL);
}

TEST_F(Files, InAFolderAreListedSorted) {
  for (const char* name : {"b", ".hidden", "a"}) with_content(name, "");
  EXPECT_EQ(*list_folder(directory_.path().string()),
            (std::vector<std::string>{".hidden", "a", "b"}));
  EXPECT_TRUE(is_absence(list_folder(path("none")).error()));
}

struct Beneath {
  std::string path;
  std::string resolved;  // empty: refused with `error`
  int error = 0;
};

TEST_F(Files, PathBeneathAFolderFollowsItsLinksAndDots) {
  ASSERT_TRUE(make_directory(path("folder")));
  ASSERT_TRUE(make_directory(path("folder/deep")));
  with_content("folder/file", "");
  for (const auto& [target, name] :
       std::vector<std::pair<const char*, const char*>>{{"folder/file", "link"},
                                                        {"../folder", "folder/loop"},
                                                        {"link", "link_to_link"},
                                                        {"../../link", "folder/deep/up"},
                                                        {"..", "folder/deep/parent"},
                                                        {"/", "absolute"},
                                                        {"../..", "upwards"},
                                                        {"folder/../..", "around"},
                                                        {"endless", "endless"},
                                                        {"none", "broken"}}) {
    ASSERT_EQ(::symlink(target, path(name).c_str()), 0);
  }
  const Beneath cases[] = {
      {"/", "/"},
      {"", "/"},
      {"folder/file", "/folder/file"},
      {"//folder//file", "/folder/file"},
      {"/./link", "/folder/file"},
      {"link_to_link", "/folder/file"},
      {"folder/loop/loop/loop/file", "/folder/file"},
      {"folder/deep/up", "/folder/file"},
      {"folder/deep/parent/file", "/folder/file"},
      {"folder/deep/../../folder", "/folder"},
      {"none", "", ENOENT},
      {"broken", "", ENOENT},
      {"folder/file/below", "", ENOTDIR},
      {"..", "", EXDEV},
      {"folder/../..", "", EXDEV},
      {"absolute", "", EXDEV},
      {"absolute/etc", "", EXDEV},
      {"upwards", "", EXDEV},
      {"around", "", EXDEV},
      {"endless", "", ELOOP},
      {std::string(300, 'x'), "", ENAMETOOLONG},
      {std::string(PATH_MAX, '/'), "", ENAMETOOLONG},
  };
  for (const Beneath& each : cases) {
    const auto found = resolve_beneath(directory_.path().string(), each.path);
    EXPECT_EQ(found ? found->path : "", each.resolved) << each.path;
    EXPECT_EQ(found ? 0 : found.error().code, each.error) << each.path;
  }
}

TEST_F(Files, PathBeneathAFolderSaysWhatItNames) {
  with_content("file", "");
  EXPECT_TRUE(S_ISREG(resolve_beneath(directory_.path().string(), "file")->mode));
  const auto null = resolve_beneath("/dev", "null");
  EXPECT_TRUE(S_ISCHR(null->mode));
  EXPECT_EQ(null->device, ::makedev(1, 3));
}

TEST_F(Files, PathBeneathAFolderStaysInItsMount) {
  EXPECT_EQ(resolve_beneath("/", "proc/self").error().code, EXDEV);
  EXPECT_TRUE(resolve_beneath("/proc", "version").ok());
}

TEST_F(Files, PathOfABrokenLinkExists) {
  ASSERT_EQ(::symlink("none", path("link").c_str()), 0);
  EXPECT_TRUE(*path_exists(path("link")));
  EXPECT_FALSE(*path_exists(path("none")));
}

}  // namespace
}  // namespace kevent::base
