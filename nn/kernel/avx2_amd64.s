#include "textflag.h"

// One step of dotBlock: eight columns of two rows of x (in Y8 and Y9) with one
// row of w (in Y10), products rounded before they are added.
#define STEP(acc0, acc1) \
	VMULPS Y8, Y10, Y11     \
	VMULPS Y9, Y10, Y12     \
	VADDPS Y11, acc0, acc0  \
	VADDPS Y12, acc1, acc1

// func dotBlock(dst0, dst1, x0, x1, w, bias *float32, n, groups int)
TEXT ·dotBlock(SB), NOSPLIT, $0-64
	MOVQ dst0+0(FP), DI
	MOVQ dst1+8(FP), SI
	MOVQ x0+16(FP), R8
	MOVQ x1+24(FP), R9
	MOVQ w+32(FP), R10
	MOVQ bias+40(FP), R11
	MOVQ n+48(FP), R12
	MOVQ groups+56(FP), R13

	// Y13 selects the columns of the tail.
	MOVQ    R12, AX
	ANDQ    $7, AX
	MOVQ    AX, R15
	SHLQ    $2, AX
	LEAQ    ·tailMasks+32(SB), BX
	SUBQ    AX, BX
	VMOVDQU (BX), Y13

	MOVQ R12, DX
	SHLQ $2, DX            // bytes of a row
	LEAQ (DX)(DX*2), BX    // bytes of three rows
	SHRQ $3, R12           // whole steps

group:
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	MOVQ   R10, CX
	XORQ   AX, AX
	MOVQ   R12, R14
	TESTQ  R14, R14
	JZ     tail

loop:
	VMOVUPS (R8)(AX*1), Y8
	VMOVUPS (R9)(AX*1), Y9
	VMOVUPS (CX), Y10
	STEP(Y0, Y4)
	VMOVUPS (CX)(DX*1), Y10
	STEP(Y1, Y5)
	VMOVUPS (CX)(DX*2), Y10
	STEP(Y2, Y6)
	VMOVUPS (CX)(BX*1), Y10
	STEP(Y3, Y7)
	ADDQ    $32, AX
	ADDQ    $32, CX
	DECQ    R14
	JNZ     loop

tail:
	TESTQ R15, R15
	JZ    join

	VMASKMOVPS (R8)(AX*1), Y13, Y8
	VMASKMOVPS (R9)(AX*1), Y13, Y9
	VMASKMOVPS (CX), Y13, Y10
	STEP(Y0, Y4)
	VMASKMOVPS (CX)(DX*1), Y13, Y10
	STEP(Y1, Y5)
	VMASKMOVPS (CX)(DX*2), Y13, Y10
	STEP(Y2, Y6)
	VMASKMOVPS (CX)(BX*1), Y13, Y10
	STEP(Y3, Y7)

join:
	VHADDPS      Y1, Y0, Y0
	VHADDPS      Y3, Y2, Y2
	VHADDPS      Y5, Y4, Y4
	VHADDPS      Y7, Y6, Y6
	VHADDPS      Y2, Y0, Y0
	VHADDPS      Y6, Y4, Y4
	VEXTRACTF128 $1, Y0, X1
	VEXTRACTF128 $1, Y4, X5
	VADDPS       X1, X0, X0
	VADDPS       X5, X4, X4
	VMOVUPS      (R11), X8
	VADDPS       X8, X0, X0
	VADDPS       X8, X4, X4
	VMOVUPS      X0, (DI)
	VMOVUPS      X4, (SI)

	ADDQ $16, DI
	ADDQ $16, SI
	ADDQ $16, R11
	LEAQ (R10)(DX*4), R10
	DECQ R13
	JNZ  group
	VZEROUPPER
	RET

// func dotOne(x, w *float32, n int) float32
TEXT ·dotOne(SB), NOSPLIT, $0-28
	MOVQ    x+0(FP), R8
	MOVQ    w+8(FP), R9
	MOVQ    n+16(FP), R12
	MOVQ    R12, AX
	ANDQ    $7, AX
	MOVQ    AX, R15
	SHLQ    $2, AX
	LEAQ    ·tailMasks+32(SB), BX
	SUBQ    AX, BX
	VMOVDQU (BX), Y13
	VXORPS  Y0, Y0, Y0
	XORQ    AX, AX
	SHRQ    $3, R12
	JZ      tail

loop:
	VMOVUPS (R8)(AX*1), Y8
	VMULPS  (R9)(AX*1), Y8, Y8
	VADDPS  Y8, Y0, Y0
	ADDQ    $32, AX
	DECQ    R12
	JNZ     loop

tail:
	TESTQ      R15, R15
	JZ         join
	VMASKMOVPS (R8)(AX*1), Y13, Y8
	VMASKMOVPS (R9)(AX*1), Y13, Y9
	VMULPS     Y9, Y8, Y8
	VADDPS     Y8, Y0, Y0

join:
	VHADDPS      Y0, Y0, Y0
	VHADDPS      Y0, Y0, Y0
	VEXTRACTF128 $1, Y0, X1
	VADDSS       X1, X0, X0
	VMOVSS       X0, ret+24(FP)
	VZEROUPPER
	RET

// func addRowsAVX2(dst, coefficients, x *float32, stride, n, count int)
TEXT ·addRowsAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ coefficients+8(FP), R8
	MOVQ x+16(FP), R9
	MOVQ stride+24(FP), R10
	MOVQ n+32(FP), R12
	MOVQ count+40(FP), R13
	SHLQ $2, R10           // bytes from coefficient to coefficient
	MOVQ R12, DX
	SHLQ $2, DX            // bytes of a row

wide:
	CMPQ    R12, $64
	JLT     half
	VMOVUPS (DI), Y0
	VMOVUPS 32(DI), Y1
	VMOVUPS 64(DI), Y2
	VMOVUPS 96(DI), Y3
	VMOVUPS 128(DI), Y4
	VMOVUPS 160(DI), Y5
	VMOVUPS 192(DI), Y6
	VMOVUPS 224(DI), Y7
	MOVQ    R8, AX
	MOVQ    R9, BX
	MOVQ    R13, CX

wideLoop:
	VBROADCASTSS (AX), Y8
	VMULPS       (BX), Y8, Y9
	VMULPS       32(BX), Y8, Y10
	VMULPS       64(BX), Y8, Y11
	VMULPS       96(BX), Y8, Y12
	VADDPS       Y9, Y0, Y0
	VADDPS       Y10, Y1, Y1
	VADDPS       Y11, Y2, Y2
	VADDPS       Y12, Y3, Y3
	VMULPS       128(BX), Y8, Y9
	VMULPS       160(BX), Y8, Y10
	VMULPS       192(BX), Y8, Y11
	VMULPS       224(BX), Y8, Y12
	VADDPS       Y9, Y4, Y4
	VADDPS       Y10, Y5, Y5
	VADDPS       Y11, Y6, Y6
	VADDPS       Y12, Y7, Y7
	ADDQ         R10, AX
	ADDQ         DX, BX
	DECQ         CX
	JNZ          wideLoop
	VMOVUPS      Y0, (DI)
	VMOVUPS      Y1, 32(DI)
	VMOVUPS      Y2, 64(DI)
	VMOVUPS      Y3, 96(DI)
	VMOVUPS      Y4, 128(DI)
	VMOVUPS      Y5, 160(DI)
	VMOVUPS      Y6, 192(DI)
	VMOVUPS      Y7, 224(DI)
	ADDQ         $256, DI
	ADDQ         $256, R9
	SUBQ         $64, R12
	JMP          wide

half:
	CMPQ    R12, $32
	JLT     narrow
	VMOVUPS (DI), Y0
	VMOVUPS 32(DI), Y1
	VMOVUPS 64(DI), Y2
	VMOVUPS 96(DI), Y3
	MOVQ    R8, AX
	MOVQ    R9, BX
	MOVQ    R13, CX

halfLoop:
	VBROADCASTSS (AX), Y8
	VMULPS       (BX), Y8, Y9
	VMULPS       32(BX), Y8, Y10
	VMULPS       64(BX), Y8, Y11
	VMULPS       96(BX), Y8, Y12
	VADDPS       Y9, Y0, Y0
	VADDPS       Y10, Y1, Y1
	VADDPS       Y11, Y2, Y2
	VADDPS       Y12, Y3, Y3
	ADDQ         R10, AX
	ADDQ         DX, BX
	DECQ         CX
	JNZ          halfLoop
	VMOVUPS      Y0, (DI)
	VMOVUPS      Y1, 32(DI)
	VMOVUPS      Y2, 64(DI)
	VMOVUPS      Y3, 96(DI)
	ADDQ         $128, DI
	ADDQ         $128, R9
	SUBQ         $32, R12

narrow:
	CMPQ    R12, $8
	JLT     last
	VMOVUPS (DI), Y0
	MOVQ    R8, AX
	MOVQ    R9, BX
	MOVQ    R13, CX

narrowLoop:
	VBROADCASTSS (AX), Y8
	VMULPS       (BX), Y8, Y9
	VADDPS       Y9, Y0, Y0
	ADDQ         R10, AX
	ADDQ         DX, BX
	DECQ         CX
	JNZ          narrowLoop
	VMOVUPS      Y0, (DI)
	ADDQ         $32, DI
	ADDQ         $32, R9
	SUBQ         $8, R12
	JMP          narrow

last:
	TESTQ      R12, R12
	JZ         done
	SHLQ       $2, R12
	LEAQ       ·tailMasks+32(SB), BX
	SUBQ       R12, BX
	VMOVDQU    (BX), Y13
	VMASKMOVPS (DI), Y13, Y0
	MOVQ       R8, AX
	MOVQ       R9, BX
	MOVQ       R13, CX

lastLoop:
	VBROADCASTSS (AX), Y8
	VMASKMOVPS   (BX), Y13, Y9
	VMULPS       Y9, Y8, Y9
	VADDPS       Y9, Y0, Y0
	ADDQ         R10, AX
	ADDQ         DX, BX
	DECQ         CX
	JNZ          lastLoop
	VMASKMOVPS   Y0, Y13, (DI)

done:
	VZEROUPPER
	RET

// func rectifyAVX2(x *float32, blocks int)
TEXT ·rectifyAVX2(SB), NOSPLIT, $0-16
	MOVQ   x+0(FP), DI
	MOVQ   blocks+8(FP), CX
	VXORPS Y0, Y0, Y0

loop:
	// The second operand (here the first, x) is the result for NaN and for zeros.
	VMOVUPS (DI), Y1
	VMAXPS  Y1, Y0, Y1
	VMOVUPS Y1, (DI)
	ADDQ    $32, DI
	DECQ    CX
	JNZ     loop
	VZEROUPPER
	RET

// func rectifyBackwardAVX2(dy, y *float32, blocks int)
TEXT ·rectifyBackwardAVX2(SB), NOSPLIT, $0-24
	MOVQ   dy+0(FP), DI
	MOVQ   y+8(FP), SI
	MOVQ   blocks+16(FP), CX
	VXORPS Y0, Y0, Y0

loop:
	// Predicate 22: y is not less than or equal to 0, or is NaN.
	VMOVUPS (SI), Y1
	VCMPPS  $22, Y0, Y1, Y1
	VANDPS  (DI), Y1, Y1
	VMOVUPS Y1, (DI)
	ADDQ    $32, DI
	ADDQ    $32, SI
	DECQ    CX
	JNZ     loop
	VZEROUPPER
	RET

// func unfoldAVX2(dst, x *float32, lines, length, stride, step, count int)
TEXT ·unfoldAVX2(SB), NOSPLIT, $0-56
	MOVQ    dst+0(FP), DI
	MOVQ    x+8(FP), SI
	MOVQ    lines+16(FP), R8
	MOVQ    length+24(FP), R9
	MOVQ    stride+32(FP), R10
	MOVQ    step+40(FP), R11
	MOVQ    count+48(FP), R12
	SHLQ    $2, R10
	SHLQ    $2, R11
	MOVQ    R9, AX
	ANDQ    $7, AX
	MOVQ    AX, R15
	SHLQ    $2, R15           // bytes of the tail of a line
	LEAQ    ·tailMasks+32(SB), BX
	SUBQ    R15, BX
	VMOVDQU (BX), Y13
	SHRQ    $3, R9            // whole steps of a line

patch:
	MOVQ SI, BX
	MOVQ R8, R13

line:
	MOVQ  BX, DX
	MOVQ  R9, CX
	TESTQ CX, CX
	JZ    tail

step:
	VMOVUPS (DX), Y0
	VMOVUPS Y0, (DI)
	ADDQ    $32, DX
	ADDQ    $32, DI
	DECQ    CX
	JNZ     step

tail:
	TESTQ R15, R15
	JZ    next

	// The store writes zeros behind the tail; the next line overwrites them.
	VMASKMOVPS (DX), Y13, Y0
	VMOVUPS    Y0, (DI)
	ADDQ       R15, DI

next:
	ADDQ R10, BX
	DECQ R13
	JNZ  line
	ADDQ R11, SI
	DECQ R12
	JNZ  patch
	VZEROUPPER
	RET
