// SPDX-License-Identifier: LGPL-2.1-or-later
// What the kernel says of a process: memory, processor time, wakeups.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace kevent::bench {

// A number of /proc/PID/status in MiB: "RssAnon", "VmRSS", "VmHWM", ...
double memory_mib(pid_t pid, const std::string& key);

// The most private memory that there ever was: the peak without what is mapped from files, which
// does not shrink meanwhile.
double peak_private_mib(pid_t pid);

// How often the process has gone to sleep, in all of its threads.
std::uint64_t wakeups(pid_t pid);

// What the process has taken of the processors.
std::chrono::nanoseconds processor_time(pid_t pid);

}  // namespace kevent::bench
