/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* /dev/gunyah: numbers and layouts are those that VMMs for Gunyah know (gunyah-rm.md 9.4 and 9.6), and one function of our own. */
#ifndef UAPI_GUNYAH_H
#define UAPI_GUNYAH_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define GUNYAH_MEMORY_READ	(1 << 0)
#define GUNYAH_MEMORY_WRITE	(1 << 1)
#define GUNYAH_MEMORY_EXECUTE	(1 << 2)

/* Memory of this process that becomes the VM's at START. */
struct gunyah_memory_region {
	__u32 label;
	__u32 flags;
	__u64 guest_address;
	__u64 size;
	__u64 user_address;
};

/* Where in that memory the devicetree lies that describes the VM; its region is the one with the image. */
struct gunyah_tree_region {
	__u64 guest_address;
	__u64 size;
};

enum gunyah_function_type {
	GUNYAH_FUNCTION_VCPU = 1,
	GUNYAH_FUNCTION_IRQFD = 2,
	GUNYAH_FUNCTION_IOEVENTFD = 3,
	/* Ours: a pair of message queues. The result is a file; each read and each write is one message. */
	GUNYAH_FUNCTION_QUEUES = 0x4e51,
};

struct gunyah_function_request {
	__u32 type;
	__u32 size;
	__u64 argument;
};

struct gunyah_vcpu_argument {
	__u32 id;
};

struct gunyah_queues_argument {
	__u32 label;
};

#define GUNYAH_IRQFD_LEVEL	(1 << 0)

struct gunyah_irqfd_argument {
	__u32 fd;
	__u32 label;
	__u32 flags;
	__u32 padding;
};

#define GUNYAH_IOEVENTFD_DATAMATCH (1 << 0)

struct gunyah_ioeventfd_argument {
	__u64 datamatch;
	__u64 address;
	__u32 length;
	__s32 fd;
	__u32 flags;
	__u32 padding;
};

enum gunyah_exit_reason {
	GUNYAH_EXIT_UNKNOWN = 0,
	GUNYAH_EXIT_MMIO = 1,
	GUNYAH_EXIT_STATUS = 2,
};

enum gunyah_status {
	GUNYAH_STATUS_LOAD_FAILED = 1,
	GUNYAH_STATUS_EXITED = 2,
	GUNYAH_STATUS_CRASHED = 3,
};

#define GUNYAH_MOST_REASON_BYTES 8

/* The page of a vCPU that is mapped from its file. */
struct gunyah_vcpu_page {
	__u8 immediate_exit;
	__u8 padding[7];
	__u32 exit_reason;
	__u32 padding1;
	union {
		struct {
			__u64 address;
			__u8 data[8];
			__u32 length;
			__u8 is_write;
		} mmio;
		struct {
			__u32 status;
			__u16 exit_type;
			__u16 padding;
			__u32 reason_size;
			__u8 reason[GUNYAH_MOST_REASON_BYTES];
		} status;
	};
};

#define GUNYAH_CREATE_VM	_IO('G', 0x0)
#define GUNYAH_SET_USER_MEMORY	_IOW('G', 0x1, struct gunyah_memory_region)
#define GUNYAH_SET_TREE		_IOW('G', 0x2, struct gunyah_tree_region)
#define GUNYAH_START		_IO('G', 0x3)
#define GUNYAH_ADD_FUNCTION	_IOW('G', 0x4, struct gunyah_function_request)
#define GUNYAH_VCPU_RUN		_IO('G', 0x5)
#define GUNYAH_VCPU_MMAP_SIZE	_IO('G', 0x6)
#define GUNYAH_REMOVE_FUNCTION	_IOW('G', 0x7, struct gunyah_function_request)
#define GUNYAH_LEND_USER_MEMORY	_IOW('A', 0x11, struct gunyah_memory_region)

#endif
