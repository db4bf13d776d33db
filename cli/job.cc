// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/job.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "lib/base/file_descriptor.h"

namespace kevent::cli {
namespace {

// glibc's, where the environment has none (execvp(3)).
constexpr std::string_view kDefaultPath = "/bin:/usr/bin";

// 0, or the errno of executing this file.
int executable(const std::string& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return errno;
  if (!S_ISREG(status.st_mode)) return EACCES;
  return ::faccessat(AT_FDCWD, file.c_str(), X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

base::Result<base::FileDescriptor> memory_file(const std::string& content) {
  base::FileDescriptor file(::memfd_create("event", MFD_CLOEXEC));
  if (!file.valid()) return base::last_error("memfd_create");
  std::string_view rest = content;
  while (!rest.empty()) {
    const ssize_t written = ::write(file.get(), rest.data(), rest.size());
    if (written < 0) return base::last_error("write to a memory file");
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

// What happens in the child before the program begins.
class Preparation {
 public:
  explicit Preparation(int input) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  ~Preparation() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// For calls that take char* const[] and change nothing.
std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& string : strings) result.push_back(const_cast<char*>(string.c_str()));
  result.push_back(nullptr);
  return result;
}

}  // namespace

base::Result<std::string> find_program(const std::string& word) {
  if (word.find('/') != std::string::npos) {
    const int error = executable(word);
    if (error != 0) return base::Error{error, word};
    return word;
  }
  const char* given = std::getenv("PATH");
  const std::string path = std::string(given == nullptr ? kDefaultPath : given) + ":";
  int error = ENOENT;
  for (std::size_t begin = 0; begin < path.size() && !word.empty();) {
    const std::size_t end = path.find(':', begin);
    const std::string folder = end == begin ? "." : path.substr(begin, end - begin);
    std::string file = folder + "/" + word;
    const int reason = executable(file);
    if (reason == 0) return file;
    if (reason == EACCES) error = reason;
    begin = end + 1;
  }
  return base::Error{error, word};
}

base::Result<Job> Job::start(const UserCommand& command,
                             const std::vector<std::string>& environment,
                             const std::string& input) {
  const auto file = memory_file(input);
  if (!file) return file.error();
  const Preparation preparation(file.value().get());
  pid_t pid = -1;
  const int error =
      ::posix_spawn(&pid, command.program.c_str(), preparation.actions(), preparation.attributes(),
                    pointers(command.words).data(), pointers(environment).data());
  if (error != 0) return base::Error{error, command.program};
  return Job(pid);
}

std::optional<int> Job::reap() const {
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
  return status;
}

void Job::signal(int number) const {
  ::kill(-pid_, number);
}

std::string failure_text(int status) {
  if (WIFSIGNALED(status)) {
    const int number = WTERMSIG(status);
    return "signal " + std::to_string(number) + " (" + ::strsignal(number) + ")";
  }
  const int code = WEXITSTATUS(status);
  return code == 0 ? std::string() : "exit status " + std::to_string(code);
}

}  // namespace kevent::cli
