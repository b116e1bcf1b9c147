/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The hypervisor's calls in the form of SMCCC: function 0xc6008000 + number (gunyah-abi.md 1.7). */
#ifndef GUNYAH_HYPERCALL_H
#define GUNYAH_HYPERCALL_H

#include <linux/types.h>

enum gunyah_error {
	GUNYAH_OK = 0,
	GUNYAH_RETRY = -2,
	GUNYAH_MSGQUEUE_EMPTY = 60,
	GUNYAH_MSGQUEUE_FULL = 61,
};

enum gunyah_vcpu_state {
	GUNYAH_VCPU_READY = 0,
	GUNYAH_VCPU_EXPECTS_WAKEUP = 1,
	GUNYAH_VCPU_POWERED_OFF = 2,
	GUNYAH_VCPU_BLOCKED = 3,
	GUNYAH_VCPU_MMIO_READ = 4,
	GUNYAH_VCPU_MMIO_WRITE = 5,
	GUNYAH_VCPU_FAULT = 6,
	GUNYAH_VCPU_SYSTEM_RESET = 256,
};

struct gunyah_identity {
	u64 api;
	u64 features[3];
};

struct gunyah_run {
	u64 state;
	u64 data[3];
};

#define GUNYAH_API_VERSION(api)		((api) & 0x3fff)
#define GUNYAH_FEATURE_DOORBELL		BIT(1)
#define GUNYAH_FEATURE_QUEUE		BIT(2)
#define GUNYAH_FEATURE_VCPU		BIT(5)
#define GUNYAH_FEATURE_MEMORY		BIT(6)

bool gunyah_is_there(void);
void gunyah_identify(struct gunyah_identity *identity);
int gunyah_queue_send(u64 queue, const void *data, size_t size, bool push, bool *not_full);
int gunyah_queue_receive(u64 queue, void *data, size_t room, size_t *size, bool *more);
int gunyah_doorbell_send(u64 doorbell, u64 flags);
int gunyah_doorbell_mask(u64 doorbell, u64 enable, u64 acknowledge);
int gunyah_vcpu_run(u64 vcpu, const u64 resume[3], struct gunyah_run *run);
int gunyah_errno(int error);

#endif
