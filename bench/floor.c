/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The floor: the least that a program can do to put the kernel's uevents on D-Bus, with raw netlink
 * and raw sd-bus. No log, no objects, no queue but the socket's, no other source; it answers
 * nobody. What keventd costs more than this is what it does more. Run by the benchmark as `floor
 * ADDRESS`; owns org.kernel.Events1.Floor.
 *
 * The same as keventd's: the check of the sender, and the signal to the last detail, so that the
 * bus and the client have the same to do. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <systemd/sd-bus.h>
#include <time.h>

enum { kMessages = 32, kLongest = 16384, kBufferSize = 128 << 20, kPriority = 6 };

struct Control {
  _Alignas(struct cmsghdr) char bytes[CMSG_SPACE(sizeof(struct ucred))];
};

static void die(const char* what, int error) {
  fprintf(stderr, "floor: %s: %s\n", what, strerror(error));
  exit(1);
}

static void check(const char* what, int result) {
  if (result < 0) die(what, -result);
}

static int open_socket(void) {
  const struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = 1};
  const int on = 1;
  const int size = kBufferSize;
  const int number = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);
  if (number < 0 || setsockopt(number, SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0 ||
      setsockopt(number, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0 ||
      bind(number, (const struct sockaddr*)&address, sizeof address) < 0) {
    die("netlink", errno);
  }
  return number;
}

static int is_from_kernel(struct msghdr* header) {
  const struct sockaddr_nl* sender = header->msg_name;
  const struct cmsghdr* item = CMSG_FIRSTHDR(header);
  return sender->nl_pid == 0 && sender->nl_groups == 1 && item != NULL &&
         item->cmsg_type == SCM_CREDENTIALS &&
         ((const struct ucred*)(const void*)CMSG_DATA(item))->uid == 0;
}

/* The object's path: bytes that D-Bus forbids, and '_', become '_' and two hex digits. */
static void object_path(const char* device, char* path, size_t size) {
  size_t used = (size_t)snprintf(path, size, "/org/kernel");
  for (; *device != '\0' && used + 4 < size; ++device) {
    const char c = *device;
    if (c == '/' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
      path[used++] = c;
    } else {
      used += (size_t)snprintf(path + used, size - used, "_%02x", (unsigned char)c);
    }
  }
  path[used] = '\0';
}

static const char* value_of(const char* entry, const char* end, const char* name) {
  const size_t length = strlen(name);
  for (; entry < end; entry += strlen(entry) + 1) {
    if (strncmp(entry, name, length) == 0 && entry[length] == '=') return entry + length + 1;
  }
  return NULL;
}

static void append_device(sd_bus_message* signal, const char* entry, const char* end) {
  const char* subsystem = value_of(entry, end, "SUBSYSTEM");
  const char* type = value_of(entry, end, "DEVTYPE");
  const char* name = value_of(entry, end, "DEVNAME");
  const char* major = value_of(entry, end, "MAJOR");
  const char* minor = value_of(entry, end, "MINOR");
  char node[kLongest];
  if (subsystem != NULL) {
    check("append", sd_bus_message_append(signal, "{sv}", "Subsystem", "s", subsystem));
  }
  if (type != NULL) {
    check("append", sd_bus_message_append(signal, "{sv}", "DeviceType", "s", type));
  }
  if (name != NULL) {
    snprintf(node, sizeof node, "/dev/%s", name);
    check("append", sd_bus_message_append(signal, "{sv}", "DeviceNode", "s", node));
  }
  if (major != NULL && minor != NULL) {
    check("append", sd_bus_message_append(signal, "{sv}", "DeviceNumber", "(uu)",
                                          (uint32_t)strtoul(major, NULL, 10),
                                          (uint32_t)strtoul(minor, NULL, 10)));
  }
}

static void append_environment(sd_bus_message* signal, char* entry, const char* end) {
  check("append", sd_bus_message_open_container(signal, 'e', "sv"));
  check("append", sd_bus_message_append(signal, "s", "Uevent"));
  check("append", sd_bus_message_open_container(signal, 'v', "a{ss}"));
  check("append", sd_bus_message_open_container(signal, 'a', "{ss}"));
  for (; entry < end; entry += strlen(entry) + 1) {
    char* value = strchr(entry, '=');
    if (value == NULL) continue;
    *value = '\0';
    check("append", sd_bus_message_append(signal, "{ss}", entry, value + 1));
    *value = '=';
  }
  for (int i = 0; i < 3; ++i) check("append", sd_bus_message_close_container(signal));
}

/* `text`: "ACTION@DEVPATH", then the environment, each with a NUL behind it. */
static void tell(sd_bus* bus, char* text, size_t length) {
  static uint64_t sequence = 0;
  char path[kLongest];
  struct timespec now;
  sd_bus_message* signal = NULL;
  char* at = strchr(text, '@');
  if (at == NULL) return;
  *at = '\0';
  object_path(at + 1, path, sizeof path);
  clock_gettime(CLOCK_REALTIME, &now);
  check("signal",
        sd_bus_message_new_signal(bus, &signal, path, "org.kernel.Events1.Hotplug", text));
  check("append", sd_bus_message_append(
                      signal, "tty", ++sequence,
                      (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000, kPriority));
  check("append", sd_bus_message_open_container(signal, 'a', "{sv}"));
  check("append", sd_bus_message_append(signal, "{sv}", "Source", "s", "uevent"));
  append_device(signal, at + 1 + strlen(at + 1) + 1, text + length);
  append_environment(signal, at + 1 + strlen(at + 1) + 1, text + length);
  check("append", sd_bus_message_close_container(signal));
  check("send", sd_bus_send(bus, signal, NULL));
  sd_bus_message_unref(signal);
}

static sd_bus* open_bus(const char* address) {
  sd_bus* bus = NULL;
  check("bus", sd_bus_new(&bus));
  check("bus", sd_bus_set_address(bus, address));
  check("bus", sd_bus_set_bus_client(bus, 1));
  check("bus", sd_bus_start(bus));
  check("name", sd_bus_request_name(bus, "org.kernel.Events1.Floor", 0));
  return bus;
}

/* Waits for uevents, and tells of all that are there. */
static void pass_on(int number, sd_bus* bus) {
  static char texts[kMessages][kLongest];
  static struct sockaddr_nl senders[kMessages];
  static struct Control controls[kMessages];
  struct iovec vectors[kMessages];
  struct mmsghdr messages[kMessages];
  for (int i = 0; i < kMessages; ++i) {
    vectors[i] = (struct iovec){texts[i], kLongest - 1};
    messages[i].msg_hdr = (struct msghdr){.msg_name = &senders[i],
                                          .msg_namelen = sizeof senders[i],
                                          .msg_iov = &vectors[i],
                                          .msg_iovlen = 1,
                                          .msg_control = &controls[i],
                                          .msg_controllen = sizeof controls[i]};
  }
  const int count = recvmmsg(number, messages, kMessages, MSG_WAITFORONE, NULL);
  if (count < 0 && errno != ENOBUFS && errno != EINTR) die("receive", errno);
  for (int i = 0; i < count; ++i) {
    if (!is_from_kernel(&messages[i].msg_hdr)) continue;
    texts[i][messages[i].msg_len] = '\0';
    tell(bus, texts[i], messages[i].msg_len);
  }
  check("flush", sd_bus_flush(bus));
}

int main(int argc, char** argv) {
  if (argc != 2) die("usage: floor ADDRESS", EINVAL);
  const int number = open_socket(); /* first: from here on the kernel queues */
  sd_bus* bus = open_bus(argv[1]);
  for (;;) pass_on(number, bus);
}
