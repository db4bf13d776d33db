/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/kevent.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_KEVENT_H
#define _UAPI_LINUX_KEVENT_H

#define KEVENT_FAMILY_NAME	"kevent"
#define KEVENT_FAMILY_VERSION	1

/**
 * enum kevent_type - What kind of event it is. Each type has a multicast group
 *   of its own.
 * @KEVENT_TYPE_GENERAL: none of the others
 * @KEVENT_TYPE_STORAGE: media, errors and redundancy of block devices
 * @KEVENT_TYPE_POWER: heat and power supply
 * @KEVENT_TYPE_FS: filesystems
 * @KEVENT_TYPE_HOTPLUG: objects that come and go
 */
enum kevent_type {
	KEVENT_TYPE_GENERAL,
	KEVENT_TYPE_STORAGE,
	KEVENT_TYPE_POWER,
	KEVENT_TYPE_FS,
	KEVENT_TYPE_HOTPLUG,

	/* private: */
	__KEVENT_TYPE_MAX,
	KEVENT_TYPE_MAX = (__KEVENT_TYPE_MAX - 1)
};

/**
 * enum kevent_flags - What did not fit into the event.
 * @KEVENT_FLAGS_OBJECT_CUT: The object's path is longer than an event can
 *   hold: the object is the nearest ancestor whose path fits.
 * @KEVENT_FLAGS_TEXT_CUT: The end of the text is missing.
 * @KEVENT_FLAGS_SUBSYSTEM_CUT: The end of the subsystem's name is missing.
 */
enum kevent_flags {
	KEVENT_FLAGS_OBJECT_CUT = 1,
	KEVENT_FLAGS_TEXT_CUT = 2,
	KEVENT_FLAGS_SUBSYSTEM_CUT = 4,
};

#define KEVENT_OBJECT_MAX		512
#define KEVENT_SIGNAL_MAX		31
#define KEVENT_SUBSYSTEM_MAX		63
#define KEVENT_TEXT_MAX			256
#define KEVENT_BOOT_ID_LEN		16
#define KEVENT_SIGNAL_MOUNT		"mount"
#define KEVENT_SIGNAL_UMOUNT		"umount"
#define KEVENT_SIGNAL_MEDIA_CHANGE	"media_change"
#define KEVENT_SIGNAL_EJECT_REQUEST	"eject_request"
#define KEVENT_SIGNAL_IO_ERROR		"io_error"
#define KEVENT_SIGNAL_DEGRADED		"degraded"
#define KEVENT_SIGNAL_SYNC_START	"sync_start"
#define KEVENT_SIGNAL_SYNC_DONE		"sync_done"
#define KEVENT_SIGNAL_SYNC_ABORTED	"sync_aborted"
#define KEVENT_SIGNAL_OVERHEATING	"overheating"
#define KEVENT_SIGNAL_NORMAL		"normal"

enum {
	KEVENT_A_EVENT_SEQUENCE = 1,
	KEVENT_A_EVENT_TIME,
	KEVENT_A_EVENT_TYPE,
	KEVENT_A_EVENT_OBJECT,
	KEVENT_A_EVENT_SIGNAL,
	KEVENT_A_EVENT_SUBSYSTEM,
	KEVENT_A_EVENT_TEXT,
	KEVENT_A_EVENT_FLAGS,
	KEVENT_A_EVENT_BOOT_ID,

	__KEVENT_A_EVENT_MAX,
	KEVENT_A_EVENT_MAX = (__KEVENT_A_EVENT_MAX - 1)
};

enum {
	KEVENT_A_LOG_OLDEST = 1,
	KEVENT_A_LOG_LAST,
	KEVENT_A_LOG_SIZE,
	KEVENT_A_LOG_BOOT_ID,

	__KEVENT_A_LOG_MAX,
	KEVENT_A_LOG_MAX = (__KEVENT_A_LOG_MAX - 1)
};

enum {
	KEVENT_CMD_EVENT_GET = 1,
	KEVENT_CMD_EVENT_NTF,
	KEVENT_CMD_LOG_GET,

	__KEVENT_CMD_MAX,
	KEVENT_CMD_MAX = (__KEVENT_CMD_MAX - 1)
};

#define KEVENT_MCGRP_GENERAL	"general"
#define KEVENT_MCGRP_STORAGE	"storage"
#define KEVENT_MCGRP_POWER	"power"
#define KEVENT_MCGRP_FS		"fs"
#define KEVENT_MCGRP_HOTPLUG	"hotplug"

#endif /* _UAPI_LINUX_KEVENT_H */
