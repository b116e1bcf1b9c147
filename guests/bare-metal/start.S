/* SPDX-License-Identifier: Apache-2.0 */
/* The first instruction of the VM: EL1, MMU off, x0 = the devicetree. */
	.section .text.start, "ax"
	.globl	_start
_start:
	mov	x19, x0
	adrp	x1, __stack_top
	add	x1, x1, :lo12:__stack_top
	mov	sp, x1
	adrp	x1, vectors
	add	x1, x1, :lo12:vectors
	msr	vbar_el1, x1
	isb

	adrp	x1, __bss_start
	add	x1, x1, :lo12:__bss_start
	adrp	x2, __bss_end
	add	x2, x2, :lo12:__bss_end
1:	cmp	x1, x2
	b.hs	2f
	stp	xzr, xzr, [x1], #16
	b	1b

2:	mov	x0, x19
	bl	main
3:	wfi
	b	3b

/* hypercalls: the number is part of the instruction, so each call is a function of its own. Arguments and results are in x0 to x7; the rest
   of the caller-saved registers does not survive. */
	.macro	hypercall name, number
	.globl	\name
\name:
	mov	x9, x0
	str	x9, [sp, #-16]!
	ldp	x10, x11, [x9, #48]
	mov	x6, x10
	mov	x7, x11
	ldp	x4, x5, [x9, #32]
	ldp	x2, x3, [x9, #16]
	ldp	x0, x1, [x9]
	hvc	#\number
	ldr	x9, [sp], #16
	stp	x0, x1, [x9]
	stp	x2, x3, [x9, #16]
	ret
	.endm

	.text
	hypercall hypervisor_identify, 0x6000
	hypercall doorbell_receive, 0x6013
	hypercall msgqueue_send, 0x601b
	hypercall msgqueue_receive, 0x601c

/* firmware(use_smc, function): PSCI by the conduit that the devicetree names. */
	.globl	firmware
firmware:
	mov	x8, x0
	mov	x0, x1
	mov	x1, xzr
	mov	x2, xzr
	mov	x3, xzr
	cbnz	x8, 1f
	hvc	#0
	ret
1:	smc	#0
	ret

/* Nothing here expects an exception: whatever comes is told by its syndrome and address. */
	.balign	2048
vectors:
	.rept	16
	.balign	128
	mrs	x0, esr_el1
	mrs	x1, elr_el1
	mrs	x2, far_el1
	b	unexpected
	.endr
