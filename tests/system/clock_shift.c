// SPDX-License-Identifier: LGPL-2.1-or-later
// For LD_PRELOAD: shifts CLOCK_REALTIME, and no other clock, by as many seconds as the file says
// that KEVENT_CLOCK_SHIFT names. So a clock jumps for one process while it runs, and for no other.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long shift_in_seconds(void) {
  const char* path = getenv("KEVENT_CLOCK_SHIFT");
  FILE* file = path == NULL ? NULL : fopen(path, "re");
  long seconds = 0;
  if (file == NULL) return 0;
  if (fscanf(file, "%ld", &seconds) != 1) seconds = 0;
  fclose(file);
  return seconds;
}

int clock_gettime(clockid_t clock, struct timespec* now) {
  const int result = (int)syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += shift_in_seconds();
  return result;
}
