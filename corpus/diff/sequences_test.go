package diff

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestSequences(t *testing.T) {
	test := func(old, new string, want ...Pair) {
		t.Helper()
		got := Sequences(strings.Fields(old), strings.Fields(new))
		if !slices.Equal(got, want) {
			t.Errorf("Sequences(%q, %q) = %v, want %v", old, new, got, want)
		}
	}
	test("", "")
	test("a", "")
	test("", "a")
	test("a b c", "a b c", Pair{0, 0}, Pair{1, 1}, Pair{2, 2})
	test("a b c", "a x c", Pair{0, 0}, Pair{2, 2})
	test("a b c", "x a b", Pair{0, 1}, Pair{1, 2})
	test("a b", "b", Pair{1, 0})
	test("a", "b")
}

// longest is the length of the longest common subsequence, by the textbook
// table: the baseline.
func longest(a, b []string) int {
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

func TestSequencesLongest(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	list := func() []string {
		keys := make([]string, r.IntN(30))
		for i := range keys {
			keys[i] = string(rune('a' + r.IntN(6)))
		}
		return keys
	}
	for range 2000 {
		a, b := list(), list()
		pairs := Sequences(a, b)
		valid(t, a, b, pairs)
		if got, want := len(pairs), longest(a, b); got != want {
			t.Fatalf("Sequences(%q, %q): %d pairs, want %d", a, b, got, want)
		}
	}
}

func valid(t *testing.T, a, b []string, pairs []Pair) {
	t.Helper()
	for i, p := range pairs {
		if a[p.Old] != b[p.New] {
			t.Fatalf("pair %v joins %q and %q", p, a[p.Old], b[p.New])
		}
		if i > 0 && (pairs[i-1].Old >= p.Old || pairs[i-1].New >= p.New) {
			t.Fatalf("pair %v follows %v", p, pairs[i-1])
		}
	}
}

// edited returns n keys, of the given number of different ones, and a copy in
// which one in every so many was changed, taken out or doubled; and how many
// were left.
func edited(n, different, every int) (old, new []string, same int) {
	r := rand.New(rand.NewPCG(7, 8))
	for i := range n {
		key := strconv.Itoa(i)
		if different < n {
			key = strconv.Itoa(r.IntN(different))
		}
		old = append(old, key)
		if r.IntN(every) > 0 {
			new = append(new, key)
			same++
			continue
		}
		switch r.IntN(3) {
		case 0:
			new = append(new, "changed "+strconv.Itoa(i))
		case 1:
			new = append(new, key, key)
			same++
		}
	}
	return old, new, same
}

func TestSequencesLarge(t *testing.T) {
	const n = 100_000
	test := func(name string, different, every int, share float64) {
		t.Helper()
		old, new, same := edited(n, different, every)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		pairs := Sequences(old, new)
		runtime.ReadMemStats(&after)
		valid(t, old, new, pairs)
		if got := float64(len(pairs)) / float64(same); got < share {
			t.Errorf("%s: %.4f of the keys left as they were are paired, want %.2f", name, got, share)
		}
		if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 1000 {
			t.Errorf("%s: %d MB allocated in all, want under 1000", name, mb)
		}
	}
	test("one in 1000 edited", n, 1000, 1)
	test("one in 20 edited", n, 20, 1)
	test("one in 2 edited", n, 2, 0.999)
	test("few different keys, one in 1000 edited", 50, 1000, 1)
	test("few different keys, one in 20 edited", 50, 20, 0.99)
	test("the same key all over", 1, 1000, 1)

	old, _, _ := edited(n, n, 2)
	other := make([]string, n)
	for i := range other {
		other[i] = "other " + old[i]
	}
	if pairs := Sequences(old, other); len(pairs) != 0 {
		t.Errorf("Sequences of lists that share nothing: %d pairs", len(pairs))
	}
	slices.Reverse(other)
	if pairs := Sequences(other, old); len(pairs) != 0 {
		t.Errorf("Sequences of lists that share nothing: %d pairs", len(pairs))
	}
	reversed := slices.Clone(old)
	slices.Reverse(reversed)
	valid(t, old, reversed, Sequences(old, reversed))
}

func TestIDsSkipSurrogates(t *testing.T) {
	var in interner
	seen := make(map[rune]bool)
	for i := range 1_112_100 {
		id := in.old(strconv.Itoa(i))
		if 0xD800 <= id && id <= 0xDFFF || id > 0x10FFFF {
			t.Fatalf("id %#x of string %d is no code point", id, i)
		}
		if id != onlyOld && seen[id] {
			t.Fatalf("id %#x given twice", id)
		}
		seen[id] = true
	}
	if !seen[onlyOld] || !seen[0x10FFFF] {
		t.Errorf("the ids did not run out as expected")
	}
	if got := in.new("1112099"); got != onlyNew {
		t.Errorf("a string beyond the last id got %#x in the new list, want %#x", got, onlyNew)
	}
}
