// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/arm-smccc.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "hypercall.h"

#define CALL(number)	(0xc6008000UL + (number))
#define CALL_UID	0x8600ff01UL
#define QUEUE_PUSH	BIT(0)

/* Who answers CALL_UID: the public hypervisor, and the builds before it (gunyah-abi.md 1.8, gunyah-rm.md 9.1). */
static const u32 known[][4] = {
	{ 0xcd8fd5c1, 0xdb5f53a4, 0x36ce6592, 0x145f3d67 },
	{ 0x673d5f14, 0x9265ce36, 0xa4535fdb, 0xc1d58fcd },
	{ 0x19bd54bd, 0x0b37571b, 0x946f609b, 0x54539de6 },
};

bool gunyah_is_there(void)
{
	struct arm_smccc_res result;
	int i;

	arm_smccc_1_1_hvc(CALL_UID, &result);
	for (i = 0; i < ARRAY_SIZE(known); i++) {
		if (lower_32_bits(result.a0) == known[i][0] && lower_32_bits(result.a1) == known[i][1] &&
		    lower_32_bits(result.a2) == known[i][2] && lower_32_bits(result.a3) == known[i][3])
			return true;
	}
	return false;
}

void gunyah_identify(struct gunyah_identity *identity)
{
	struct arm_smccc_res result;

	arm_smccc_1_1_hvc(CALL(0x00), &result);
	identity->api = result.a0;
	identity->features[0] = result.a1;
	identity->features[1] = result.a2;
	identity->features[2] = result.a3;
}

int gunyah_doorbell_send(u64 doorbell, u64 flags)
{
	struct arm_smccc_res result;

	arm_smccc_1_1_hvc(CALL(0x12), doorbell, flags, 0, &result);
	return result.a0;
}

int gunyah_doorbell_mask(u64 doorbell, u64 enable, u64 acknowledge)
{
	struct arm_smccc_res result;

	arm_smccc_1_1_hvc(CALL(0x15), doorbell, enable, acknowledge, 0, &result);
	return result.a0;
}

/* The hypervisor reads and writes buffers by our virtual addresses, through our own page tables. */
int gunyah_queue_send(u64 queue, const void *data, size_t size, bool push, bool *not_full)
{
	struct arm_smccc_res result;

	arm_smccc_1_1_hvc(CALL(0x1b), queue, size, (uintptr_t)data, push ? QUEUE_PUSH : 0, 0, &result);
	*not_full = !result.a0 && result.a1;
	return result.a0;
}

int gunyah_queue_receive(u64 queue, void *data, size_t room, size_t *size, bool *more)
{
	struct arm_smccc_res result;

	arm_smccc_1_1_hvc(CALL(0x1c), queue, (uintptr_t)data, room, 0, &result);
	*size = result.a0 ? 0 : result.a1;
	*more = !result.a0 && result.a2;
	return result.a0;
}

/* Five results: more than the short form of SMCCC 1.1 gives back. */
int gunyah_vcpu_run(u64 vcpu, const u64 resume[3], struct gunyah_run *run)
{
	struct arm_smccc_1_2_regs args = {
		.a0 = CALL(0x65), .a1 = vcpu, .a2 = resume[0], .a3 = resume[1], .a4 = resume[2],
	};
	struct arm_smccc_1_2_regs result;

	arm_smccc_1_2_hvc(&args, &result);
	run->state = result.a1;
	run->data[0] = result.a2;
	run->data[1] = result.a3;
	run->data[2] = result.a4;
	return result.a0;
}

int gunyah_errno(int error)
{
	switch (error) {
	case GUNYAH_OK:
		return 0;
	case 10:
		return -ENOMEM;
	case 30:
	case 50 ... 53:
		return -EPERM;
	case 31:
	case GUNYAH_RETRY:
	case GUNYAH_MSGQUEUE_EMPTY:
	case GUNYAH_MSGQUEUE_FULL:
		return -EAGAIN;
	case -1:
		return -EOPNOTSUPP;
	default:
		return -EINVAL;
	}
}
