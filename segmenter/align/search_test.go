package align

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// small makes a search over random units of few words, for which every path can be tried.
func small(r *rand.Rand, n, m int) *search {
	const words = 6
	side := func(n int) []unit {
		list := make([]unit, n)
		for i := range list {
			for range 1 + r.IntN(4) {
				list[i].words = append(list[i].words, int32(r.IntN(words)))
			}
			list[i].length = float32(5 * len(list[i].words))
		}
		return list
	}
	t := &table{offset: make([]int32, words+1), linked: make([]bool, words)}
	for w := range int32(words) {
		t.links = append(t.links, link{w, 5, 5})
		t.linked[w] = true
		t.offset[w+1] = w + 1
	}
	p := defaultParams()
	p.mean = 1
	return newSearch(p, side(n), side(m), t, newScratch(words))
}

// exhaust returns the best score of all paths from a node on, but for one bead (none if empty).
func exhaust(s *search, i, j int32, afterNull bool, but step) float32 {
	n, m := int32(len(s.source)), int32(len(s.target))
	if i == n && j == m {
		return 0
	}
	best := minusInf
	for k, mv := range moves {
		st := step{i0: i, i1: i + int32(mv.a), j0: j, j1: j + int32(mv.b), move: uint8(k)}
		if st.i1 > n || st.j1 > m || st.i0 == but.i0 && st.i1 == but.i1 && st.j0 == but.j0 && st.j1 == but.j1 {
			continue
		}
		x := s.prior[k]
		switch {
		case st.null() && afterNull:
			x = s.again
		case !st.null():
			x += s.rate(st)
		}
		best = max(best, x+exhaust(s, st.i1, st.j1, st.null(), but))
	}
	return best
}

// TestSearchIsExact compares paths and margins with those found by trying everything.
func TestSearchIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 40 {
		s := small(r, r.IntN(5), r.IntN(5))
		l, steps, err := s.run(context.Background(), fullBand(len(s.source), len(s.target)), len(moves), true, &progress{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.margins(context.Background(), l, steps); err != nil {
			t.Fatal(err)
		}
		total := float32(0)
		for k, st := range steps {
			switch {
			case !st.null():
				total += s.prior[st.move] + s.rate(st)
			case k > 0 && steps[k-1].null():
				total += s.again
			default:
				total += s.prior[st.move]
			}
		}
		best := exhaust(s, 0, 0, false, step{})
		if !near(total, best) {
			t.Fatalf("path of %d:%d scores %v, the best %v", len(s.source), len(s.target), total, best)
		}
		for _, st := range steps {
			want := min(best-exhaust(s, 0, 0, false, st), mostMargin)
			if !near(st.margin, want) {
				t.Errorf("margin of %+v is %v, want %v", st, st.margin, want)
			}
		}
	}
}

func near(a, b float32) bool { return math.Abs(float64(a-b)) < 1e-3 }

// TestWiden starts from a band laid beside the right path and expects it to be left.
func TestWiden(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	source, target, answer := invent(r, 300)
	// Sixteen sentences at the start of the source are missing at the end of the target.
	a, _ := newAligner(context.Background(), source[16:], target, Options{})
	s := newSearch(a.params, a.source, a.target, a.table, a.scratch)
	n, m := len(s.source), len(s.target)
	b := emptyBand(n, m)
	for i := range n + 1 {
		j := i * m / n
		b.open(i, max(0, j-6), min(m, j+6))
	}
	b = b.mend(m)
	right := func(steps []step) int {
		got, k := map[string]bool{}, 0
		for _, st := range steps {
			got[show(Bead{Source: Range{int(st.i0) + 16, int(st.i1) + 16}, Target: Range{int(st.j0), int(st.j1)}})] = true
		}
		for _, w := range answer {
			if got[w] {
				k++
			}
		}
		return k
	}
	_, before, err := s.run(context.Background(), b, coarseMoves, false, &progress{})
	if err != nil {
		t.Fatal(err)
	}
	after, err := s.widen(context.Background(), b, before)
	if err != nil {
		t.Fatal(err)
	}
	if x, y := right(before), right(after); y < 270 || x >= y {
		t.Errorf("%d beads right in the narrow band, %d after widening, want 270 of 284", x, y)
	}
}

// TestBandIsLinear counts the nodes of the first band: a few dozen for each source sentence,
// however long the text, with anchors and where no anchor helps.
func TestBandIsLinear(t *testing.T) {
	nodes := func(n int, plain bool) float64 {
		source, target, _ := invent(rand.New(rand.NewPCG(9, 9)), n)
		if plain {
			for i := range source {
				source[i].Text = "a b c d e f g"
			}
		}
		a, _ := newAligner(context.Background(), source, target, Options{})
		s := newSearch(a.params, a.source, a.target, a.table, a.scratch)
		b, err := s.route(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for i := range b.low {
			if b.low[i] > b.high[i] || i > 0 && (b.low[i] > b.high[i-1] || b.low[i] < b.low[i-1] || b.high[i] < b.high[i-1]) {
				t.Fatalf("band breaks at row %d", i)
			}
			count += int(b.high[i]-b.low[i]) + 1
		}
		return float64(count)
	}
	for _, n := range []int{500, 2000, 8000} {
		for _, plain := range []bool{false, true} {
			if x := nodes(n, plain) / float64(n); x > 40 {
				t.Errorf("%d sentences take %.1f nodes each, want 40 at most (anchors: %t)", n, x, !plain)
			}
		}
	}
}

func TestHeaviestChain(t *testing.T) {
	test := func(list []anchor, targets int, want ...int32) {
		t.Helper()
		var got []int32
		for _, a := range heaviestChain(list, targets) {
			got = append(got, a.i*100+a.j)
		}
		if len(got) != len(want) {
			t.Fatalf("heaviestChain = %v, want %v", got, want)
		}
		for k := range got {
			if got[k] != want[k] {
				t.Fatalf("heaviestChain = %v, want %v", got, want)
			}
		}
	}
	test(nil, 5)
	test([]anchor{{0, 0, 1}, {1, 4, 1}, {2, 1, 1}, {3, 2, 1}}, 5, 0, 201, 302)
	test([]anchor{{0, 0, 1}, {1, 4, 5}, {2, 1, 1}, {3, 2, 1}}, 5, 0, 104)
	test([]anchor{{0, 3, 1}, {1, 3, 1}}, 5, 3) // a target serves once
}

func TestSupported(t *testing.T) {
	chain := []anchor{{1, 1, 1}, {2, 2, 1}, {3, 3, 1}, {5, 60, 1}, {80, 82, 1}, {81, 83, 1}, {82, 84, 1}}
	for _, a := range supported(chain, 1) {
		if a.i == 5 {
			t.Errorf("supported keeps %v, which no neighbour agrees with", a)
		}
	}
	if got := len(supported(chain, 1)); got != 6 {
		t.Errorf("supported keeps %d anchors, want 6", got)
	}
}

func TestLearnWords(t *testing.T) {
	// Word k means word k; every lesson holds two of them, so only company tells.
	var list []lesson
	for a := range int32(6) {
		for b := range a {
			list = append(list, lesson{[]int32{a, b}, []int32{a, b}})
		}
	}
	best := map[int32]pair{}
	learned, err := learn(context.Background(), list, 6, 6)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range learned {
		if p.forward > best[p.source].forward {
			best[p.source] = p
		}
	}
	for w := range int32(6) {
		if best[w].target != w || best[w].forward < 0.5 || best[w].backward < 0.5 {
			t.Errorf("word %d is learned as %+v", w, best[w])
		}
	}
}

func TestLogf(t *testing.T) {
	for x := float32(1e-6); x < 1e9; x *= 1.07 {
		if got, want := logf(x), math.Log(float64(x)); math.Abs(float64(got)-want) > 2e-3 {
			t.Errorf("logf(%g) = %g, want %g", x, got, want)
		}
	}
}
