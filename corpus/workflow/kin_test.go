package workflow

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// shaped makes units of words such as "a+b/1+2": sentences of the source joined
// by +, and of the target behind the stroke. A dash stands for no text.
func shaped(words string) []corpus.Unit {
	var units []corpus.Unit
	for i, w := range strings.Fields(words) {
		source, target, _ := strings.Cut(w, "/")
		var u corpus.Unit
		u.ID = corpus.UnitID(fmt.Sprint(i))
		u.Source, u.Text.Source = sentencesOf(source)
		u.Target, u.Text.Target = sentencesOf(target)
		units = append(units, u)
	}
	return units
}

// sentencesOf makes a text of short names: each becomes a sentence long enough to
// be told from others.
func sentencesOf(names string) (segments []corpus.Segment, text string) {
	if names == "-" {
		return nil, ""
	}
	for _, n := range strings.Split(names, "+") {
		n = strings.Repeat(n, 12)
		segments = append(segments, corpus.Segment{Span: corpus.Span{Start: len(text), End: len(text) + len(n)}})
		text += n
	}
	return segments, text
}

func TestKindred(t *testing.T) {
	test := func(old, new, want string) {
		t.Helper()
		var got []string
		for _, k := range kindred(shaped(old), shaped(new)) {
			got = append(got, strings.ReplaceAll(strings.Trim(fmt.Sprint(k.old), "[]"), " ", "+")+">"+strings.ReplaceAll(strings.Trim(fmt.Sprint(k.new), "[]"), " ", "+"))
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("kindred(%q, %q) = %s, want %s", old, new, g, want)
		}
	}
	test("a/1 b/2 c/3", "a/1 b/2 c/3", "0>0 1>1 2>2")
	test("a+b/1+2 c/3", "a/1 b/2 c/3", "0>0+1 1>2") // a merge that is not there any more
	test("a/1 b/2 c/3", "a+b/1+2 c/3", "0+1>0 2>1") // and the other way round
	test("a+b/1 c/3", "a/4 b/5 c/3", "0>0+1 1>2")   // a new run that aligns otherwise
	test("a+b/1+2 c+d/3", "a/1 b+c/2+3 d/4", "0+1>0+1+2")
	test("a/1 b/2", "b/2 a/1", "1>0 0>1")          // one moved
	test("a/1 b/2 c/3", "x/7 c/3", ">0 2>1 0> 1>") // nothing in common
	test("a/1 b/2", "a/- -/5 b/2", "0>0+1 1>2")    // torn apart by the aligner
	test("a/- b/2", "a/- -/5 b/2", "0>0 >1 1>2")   // was left out before, and something was added
	test("-/1+2 b/2", "-/1 -/2 b/2", "0>0+1 1>2")
	test("a/1 b+c/2+3 d/4 e/5", "a/1 b/2 e/5 c/3 d/4", "0>0 1>1 3>2 >3 2>4") // what moved in between stays by itself
	test("", "a/1", ">0")
	test("a/1", "", "0>")
}

// TestKindredCovers looks at random versions: each unit is of one group, and the
// new ones of a group are adjacent.
func TestKindredCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	random := func() string {
		var words []string
		for range r.IntN(9) {
			side := func() string {
				var names []string
				for range r.IntN(3) {
					names = append(names, string(rune('a'+r.IntN(12))))
				}
				if len(names) == 0 {
					return "-"
				}
				return strings.Join(names, "+")
			}
			w := side() + "/" + side()
			if w != "-/-" {
				words = append(words, w)
			}
		}
		return strings.Join(words, " ")
	}
	for range 3000 {
		a, b := random(), random()
		old, new := shaped(a), shaped(b)
		seenOld, seenNew := make([]int, len(old)), make([]int, len(new))
		for _, k := range kindred(old, new) {
			for _, i := range k.old {
				seenOld[i]++
			}
			for n, j := range k.new {
				seenNew[j]++
				if n > 0 && k.new[n-1] != j-1 {
					t.Fatalf("kindred(%q, %q): %v are not adjacent", a, b, k.new)
				}
			}
		}
		for _, seen := range [][]int{seenOld, seenNew} {
			for i, n := range seen {
				if n != 1 {
					t.Fatalf("kindred(%q, %q): unit %d is in %d groups", a, b, i, n)
				}
			}
		}
	}
}

// BenchmarkKindred is what the writer waits for when a new run of a long document
// comes in, by what changed of its source.
func BenchmarkKindred(b *testing.B) {
	run := func(changed func(i int) bool, words string, n int) []corpus.Unit {
		var units []corpus.Unit
		for i := range n {
			source := fmt.Sprintf("第%d项工作已经按时完成，报告已经提交。", i)
			if changed(i) {
				source = fmt.Sprintf("第%d项工作未能在年内完成，应当说明理由。", i)
			}
			target := fmt.Sprintf("Work number %d was finished%s, and the report was handed in.", i, words)
			units = append(units, corpus.Unit{
				Source: []corpus.Segment{{Span: corpus.Span{End: len(source)}}}, Target: []corpus.Segment{{Span: corpus.Span{End: len(target)}}}, Text: corpus.Pair{Source: source, Target: target}})
		}
		return units
	}
	const long = 10_000
	old := run(func(int) bool { return false }, "", long)
	for name, new := range map[string][]corpus.Unit{
		"nothing": run(func(int) bool { return false }, " in time", long),
		"tenth":   run(func(i int) bool { return i%10 == 0 }, " in time", long),
		"all":     run(func(int) bool { return true }, " in time", long-1),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				kindred(old, new)
			}
		})
	}
}
