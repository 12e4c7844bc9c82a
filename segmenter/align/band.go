package align

// band limits the search: row i holds the nodes (i, low[i]) to (i, high[i]).
type band struct{ low, high []int32 }

func fullBand(n, m int) band {
	b := band{make([]int32, n+1), make([]int32, n+1)}
	for i := range b.high {
		b.high[i] = int32(m)
	}
	return b
}

// emptyBand is to be opened and then mended.
func emptyBand(n, m int) band {
	b := fullBand(n, m)
	for i := range b.low {
		b.low[i], b.high[i] = int32(m), 0
	}
	return b
}

// open lets the nodes (i, lo) to (i, hi) in.
func (b band) open(i, lo, hi int) {
	b.low[i], b.high[i] = min(b.low[i], int32(lo)), max(b.high[i], int32(hi))
}

// pathBand keeps w nodes on either side of a path.
func pathBand(n, m int, steps []step, w int) band {
	b := emptyBand(n, m)
	mark := func(i, j int32) {
		for k := max(0, int(i)-w/2); k <= min(n, int(i)+w/2); k++ {
			b.low[k] = min(b.low[k], max(0, j-int32(w)))
			b.high[k] = max(b.high[k], min(int32(m), j+int32(w)))
		}
	}
	mark(0, 0)
	for _, s := range steps {
		mark(s.i1, s.j1)
	}
	return b.mend(m)
}

// mend makes the rows of a band increase and touch, and open at both corners.
func (b band) mend(m int) band {
	n := len(b.low) - 1
	b.low[0], b.high[n] = 0, int32(m)
	for i := 1; i <= n; i++ {
		b.high[i] = max(b.high[i], b.high[i-1])
	}
	for i := n - 1; i >= 0; i-- {
		b.low[i] = min(b.low[i], b.low[i+1])
	}
	for i := 1; i <= n; i++ {
		b.low[i] = min(b.low[i], b.high[i-1])
	}
	for i := n - 1; i >= 0; i-- {
		b.low[i] = min(b.low[i], b.low[i+1])
	}
	return b
}
