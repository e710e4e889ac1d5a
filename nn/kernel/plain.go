package kernel

func dotRowsPlain(dst, x, w, bias []float32, rows, outs, n int) {
	for r := range rows {
		row := x[r*n : r*n+n]
		out := dst[r*outs : r*outs+outs]
		for o := range out {
			out[o] = dot(row, w[o*n:o*n+n]) + bias[o]
		}
	}
}

// dot is the dot product of two slices of one length, in eight lanes.
func dot(x, w []float32) float32 {
	var s0, s1, s2, s3, s4, s5, s6, s7 float32
	w = w[:len(x)]
	i := 0
	for ; i+16 <= len(x); i += 16 {
		a, b := (*[16]float32)(x[i:]), (*[16]float32)(w[i:])
		s0 += float32(a[0] * b[0])
		s1 += float32(a[1] * b[1])
		s2 += float32(a[2] * b[2])
		s3 += float32(a[3] * b[3])
		s4 += float32(a[4] * b[4])
		s5 += float32(a[5] * b[5])
		s6 += float32(a[6] * b[6])
		s7 += float32(a[7] * b[7])
		s0 += float32(a[8] * b[8])
		s1 += float32(a[9] * b[9])
		s2 += float32(a[10] * b[10])
		s3 += float32(a[11] * b[11])
		s4 += float32(a[12] * b[12])
		s5 += float32(a[13] * b[13])
		s6 += float32(a[14] * b[14])
		s7 += float32(a[15] * b[15])
	}
	if i+8 <= len(x) {
		a, b := (*[8]float32)(x[i:]), (*[8]float32)(w[i:])
		s0 += float32(a[0] * b[0])
		s1 += float32(a[1] * b[1])
		s2 += float32(a[2] * b[2])
		s3 += float32(a[3] * b[3])
		s4 += float32(a[4] * b[4])
		s5 += float32(a[5] * b[5])
		s6 += float32(a[6] * b[6])
		s7 += float32(a[7] * b[7])
		i += 8
	}
	x, w = x[i:], w[i:]
	w = w[:len(x)]
	switch len(x) {
	case 7:
		s6 += float32(x[6] * w[6])
		fallthrough
	case 6:
		s5 += float32(x[5] * w[5])
		fallthrough
	case 5:
		s4 += float32(x[4] * w[4])
		fallthrough
	case 4:
		s3 += float32(x[3] * w[3])
		fallthrough
	case 3:
		s2 += float32(x[2] * w[2])
		fallthrough
	case 2:
		s1 += float32(x[1] * w[1])
		fallthrough
	case 1:
		s0 += float32(x[0] * w[0])
	}
	return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))
}

func addRowsPlain(dst, coefficients []float32, stride int, x []float32, count int) {
	n := len(dst)
	k := 0
	// Four rows at a time spare loads and stores; the order of additions is kept.
	for ; k+4 <= count; k += 4 {
		c0, c1 := coefficients[k*stride], coefficients[(k+1)*stride]
		c2, c3 := coefficients[(k+2)*stride], coefficients[(k+3)*stride]
		x0, x1 := x[k*n:][:n], x[(k+1)*n:][:n]
		x2, x3 := x[(k+2)*n:][:n], x[(k+3)*n:][:n]
		for i := range dst {
			v := dst[i] + float32(c0*x0[i])
			v += float32(c1 * x1[i])
			v += float32(c2 * x2[i])
			dst[i] = v + float32(c3*x3[i])
		}
	}
	for ; k < count; k++ {
		c := coefficients[k*stride]
		row := x[k*n:][:n]
		for i := range dst {
			dst[i] += float32(c * row[i])
		}
	}
}

func rectifyPlain(x []float32) {
	for i, v := range x {
		if v < 0 {
			x[i] = 0
		}
	}
}

func rectifyBackwardPlain(dy, y []float32) {
	for i, v := range y {
		if v <= 0 {
			dy[i] = 0
		}
	}
}
