// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/log/log_file.h"

#include <fcntl.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "lib/base/files.h"
#include "lib/base/logging.h"
#include "service/log/checksum.h"

namespace kevent::log {
namespace {

constexpr std::array<char, 8> kMagic = {'k', 'e', 'v', 'e', 'n', 't', 'd', '\n'};
constexpr std::uint32_t kVersion = 1;

// At offset 0. Written once, before the file gets its name.
struct Head {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t checksum = 0;  // of the head with 0 here
  std::uint64_t size = 0;      // of the file
  std::uint64_t record_mark = 0;
  std::array<char, 32> id{};
  std::array<char, 64> boot_id{};  // filled up with NUL
};
static_assert(sizeof(Head) == 128);

// Behind it, rewritten again and again. Each of the two numbers proves the other, so a mark that
// was cut is noticed.
struct PublishedMark {
  std::uint64_t sequence = 0;
  std::uint64_t inverse = ~std::uint64_t{0};
};
constexpr std::uint64_t kPublishedOffset = 512;

std::uint32_t checksum_of(Head head) {
  head.checksum = 0;
  return crc32c(std::as_bytes(std::span(&head, 1)));
}

std::array<char, 64> padded(const std::string& boot_id) {
  std::array<char, 64> text{};
  boot_id.copy(text.data(), text.size());
  return text;
}

// 16 random bytes as 32 hex digits.
std::array<char, 32> make_id(std::span<const std::uint8_t, 16> random) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::array<char, 32> id{};
  for (std::size_t i = 0; i < random.size(); ++i) {
    id[2 * i] = kHex[random[i] >> 4];
    id[2 * i + 1] = kHex[random[i] & 15];
  }
  return id;
}

base::Result<Head> make_head(std::uint64_t size, const std::string& boot_id) {
  std::array<std::uint8_t, 24> random{};
  // Linux 6.12, drivers/char/random.c: up to 256 bytes come whole once the generator is seeded.
  if (::getrandom(random.data(), random.size(), 0) < 0) {
    return base::last_error("getrandom");
  }
  Head head;
  head.size = size;
  head.id = make_id(std::span(random).first<16>());
  std::memcpy(&head.record_mark, random.data() + 16, sizeof head.record_mark);
  head.record_mark |= 1;  // never 0, which is what an unused area is full of
  head.boot_id = padded(boot_id);
  head.checksum = checksum_of(head);
  return head;
}

// Why `head` is not that of our log; empty when it is.
std::string refusal(const Head& head, std::uint64_t size, const std::string& boot_id) {
  if (head.magic != kMagic) return "it is no log";
  if (head.version != kVersion) return "it is of another version";
  if (head.checksum != checksum_of(head)) return "its head is damaged";
  if (head.size != size) return "it is of another size";
  if (head.boot_id != padded(boot_id)) return "it is of another boot";
  return {};
}

base::Error about(const std::string& path, base::Error error) {
  error.context = "log " + path + ": " + error.context;
  return error;
}

}  // namespace

LogFile::LogFile(std::string path, std::uint64_t size, std::string boot_id,
                 base::FileDescriptor lock)
    : path_(std::move(path)), size_(size), boot_id_(std::move(boot_id)), lock_(std::move(lock)) {}

base::Result<LogFile> LogFile::open(const std::string& path, std::uint64_t size,
                                    const std::string& boot_id) {
  auto lock = base::open_file(path + ".lock", O_RDWR | O_CREAT);
  if (!lock) return lock.error();
  if (auto locked = base::lock_file(*lock); !locked) {
    if (locked.error().code != EWOULDBLOCK) return about(path, locked.error());
    return base::Error{EBUSY, "log " + path + " is in use by another keventd"};
  }
  LogFile log(path, size, boot_id, std::move(*lock));
  auto recognized = log.recognize();
  if (!recognized) return about(path, recognized.error());
  if (!*recognized) {
    if (auto replaced = log.replace(); !replaced) return replaced.error();
  }
  return log;
}

base::Result<bool> LogFile::recognize() {
  auto file = base::open_file(path_, O_RDWR);
  if (!file) {
    if (file.error().code == ENOENT) return false;
    return file.error();
  }
  auto size = base::file_size(*file);
  if (!size) return size.error();
  Head head;
  auto count = base::read_at(*file, std::as_writable_bytes(std::span(&head, 1)), 0);
  if (!count) return count.error();
  PublishedMark mark;
  auto marked = base::read_at(*file, std::as_writable_bytes(std::span(&mark, 1)), kPublishedOffset);
  if (!marked) return marked.error();

  const bool is_whole = *count == sizeof head && *size == size_;
  const std::string reason = is_whole ? refusal(head, size_, boot_id_) : "it is of another size";
  if (!reason.empty()) {
    base::log_info("log " + path_ + " begins anew: " + reason);
    return false;
  }
  file_ = std::move(*file);
  id_.assign(head.id.data(), head.id.size());
  record_mark_ = head.record_mark;
  published_ = mark.inverse == ~mark.sequence ? mark.sequence : 0;
  return true;
}

base::Status LogFile::replace() {
  // The old one goes first: the file system may not have room for two.
  file_ = base::FileDescriptor();
  if (auto removed = base::remove_file(path_); !removed) return removed;
  auto head = make_head(size_, boot_id_);
  if (!head) return about(path_, head.error());

  const std::string temporary = path_ + ".new";
  auto file = base::open_file(temporary, O_RDWR | O_CREAT | O_TRUNC);
  if (!file) return file.error();
  const PublishedMark mark;
  auto made = base::reserve(*file, size_);
  if (made) made = base::write_at(*file, std::as_bytes(std::span(&*head, 1)), 0);
  if (made) made = base::write_at(*file, std::as_bytes(std::span(&mark, 1)), kPublishedOffset);
  if (made) made = base::rename_file(temporary, path_);
  if (!made) {
    // The first error is what counts.
    [[maybe_unused]] const auto ignored = base::remove_file(temporary);
    return about(path_, made.error());
  }
  file_ = std::move(*file);
  id_.assign(head->id.data(), head->id.size());
  record_mark_ = head->record_mark;
  published_ = 0;
  is_new_ = true;
  return base::Done{};
}

base::Status LogFile::write_area(std::span<const std::byte> bytes, std::uint64_t offset) {
  return base::write_at(file_, bytes, static_cast<off_t>(kHeadSize + offset));
}

base::Status LogFile::read_area(std::span<std::byte> bytes, std::uint64_t offset) const {
  auto count = base::read_at(file_, bytes, static_cast<off_t>(kHeadSize + offset));
  if (!count) return about(path_, count.error());
  if (*count < bytes.size()) return base::Error{EIO, "log " + path_ + " was cut"};
  return base::Done{};
}

base::Status LogFile::set_published(std::uint64_t sequence) {
  published_ = sequence;
  const PublishedMark mark{sequence, ~sequence};
  return base::write_at(file_, std::as_bytes(std::span(&mark, 1)), kPublishedOffset);
}

}  // namespace kevent::log
