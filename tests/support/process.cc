// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "tests/support/failure.h"

namespace kevent::support {
namespace {

constexpr int kCanNotRun = 127;

base::FileDescriptor memory_file(const char* name) {
  base::FileDescriptor file(::memfd_create(name, MFD_CLOEXEC));
  if (!file.valid()) {
    fail_with_errno("memfd_create");
  }
  return file;
}

std::string content(const base::FileDescriptor& file) {
  std::string text;
  std::array<char, 65536> part{};
  ssize_t length = 0;
  while ((length = ::pread(file.get(), part.data(), part.size(), static_cast<off_t>(text.size()))) >
         0) {
    text.append(part.data(), static_cast<std::size_t>(length));
  }
  return text;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& string : strings) {
    result.push_back(string.data());
  }
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> whole_environment(const std::vector<std::string>& added) {
  std::vector<std::string> result = added;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    result.emplace_back(*entry);
  }
  return result;
}

// The child between fork and exec: calls that are safe after fork only.
[[noreturn]] void become(char** arguments, char** environment, int input, int output,
                         int error_output, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) {
    ::_exit(kCanNotRun);
  }
  ::dup2(input >= 0 ? input : ::open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(error_output, STDERR_FILENO);
  ::execvpe(arguments[0], arguments, environment);
  ::_exit(kCanNotRun);
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments,
                 const std::vector<std::string>& environment, int input)
    : output_(memory_file("stdout")), error_output_(memory_file("stderr")) {
  std::vector<std::string> argument_strings = arguments;
  std::vector<std::string> environment_strings = whole_environment(environment);
  const std::vector<char*> argument_pointers = pointers(argument_strings);
  const std::vector<char*> environment_pointers = pointers(environment_strings);
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) {
    become(const_cast<char**>(argument_pointers.data()),
           const_cast<char**>(environment_pointers.data()), input, output_.get(),
           error_output_.get(), parent);
  }
  if (pid_ < 0) {
    fail_with_errno("fork");
  }
  // glibc 2.36 has pidfd_open(), but its header does not work in C++.
  handle_ = base::FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
}

Process::~Process() {
  if (running()) {
    signal(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
}

void Process::signal(int number) const {
  if (!status_) {
    ::kill(pid_, number);
  }
}

std::optional<int> Process::wait(Deadline deadline) {
  eventually(
      deadline,
      [this] {
        int raw = 0;
        if (!status_ && ::waitpid(pid_, &raw, WNOHANG) == pid_) {
          status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
        }
        return status_.has_value();
      },
      handle_.get());
  return status_;
}

std::string Process::output() const {
  return content(output_);
}

std::string Process::error_output() const {
  return content(error_output_);
}

// A change of the user clears the parent-death signal: setpriv sets it again.
std::vector<std::string> as_user(uid_t user, const std::vector<std::string>& arguments) {
  const std::string number = std::to_string(user);
  std::vector<std::string> command = {"setpriv", "--reuid=" + number, "--regid=" + number,
                                      "--clear-groups", "--pdeathsig=KILL"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

Outcome run(const std::vector<std::string>& arguments,
            const std::vector<std::string>& environment) {
  Process process(arguments, environment);
  const std::optional<int> status = process.wait();
  if (!status) {
    fail(arguments[0] + " does not end: " + process.error_output());
  }
  return {*status, process.output(), process.error_output()};
}

void run_or_fail(const std::vector<std::string>& arguments) {
  const Outcome outcome = run(arguments);
  if (outcome.status != 0) {
    fail(arguments[0] + ": exit " + std::to_string(outcome.status) + ": " + outcome.error_output);
  }
}

// Read before main() enters a mount namespace of its own: in a chroot the link leads nowhere after
// it.
const std::filesystem::path kPrograms =
    std::filesystem::read_symlink("/proc/self/exe").parent_path();

std::string built_program(const std::string& name) {
  return kPrograms / name;
}

bool have_program(const std::string& name) {
  return run({"sh", "-c", "command -v \"$0\"", name}).status == 0;
}

}  // namespace kevent::support
