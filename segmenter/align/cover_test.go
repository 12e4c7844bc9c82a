package align

import (
	"context"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// covers fails unless the beads come in order and hold every sentence of both sides once.
func covers(t *testing.T, beads []Bead, sources, targets int) {
	t.Helper()
	i, j := 0, 0
	for _, b := range beads {
		if b.Source.Start != i || b.Target.Start != j || b.Source.End < i || b.Target.End < j || b.Source.Len()+b.Target.Len() == 0 {
			t.Fatalf("bead %v after %d source and %d target sentences", b, i, j)
		}
		i, j = b.Source.End, b.Target.End
		if b.Score < 0 || b.Score > 1 || b.Margin < 0 || len(b.Reasons) == 0 {
			t.Fatalf("bead %+v: score, margin or reasons out of bounds", b)
		}
		if (b.Source.Len() == 0 || b.Target.Len() == 0) && !b.Doubtful && b.Margin != Pinned {
			t.Fatalf("bead %v is one-sided and not doubtful", b)
		}
	}
	if i != sources || j != targets {
		t.Fatalf("beads end at %d:%d, want %d:%d", i, j, sources, targets)
	}
}

// paragraphs reads a text of lines as sentences and empty lines as borders of blocks.
func paragraphs(text string) []Sentence {
	var list []Sentence
	block := 1
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\n"); line == "" {
			block++
			continue
		}
		list = append(list, Sentence{Text: line, Block: block, Kind: Kind(block % 6)})
	}
	return list
}

func FuzzAlign(f *testing.F) {
	f.Add("第一条 本法适用于公务员。\n\n（一）年满18周岁；\n\n（二）三十万元", "Article 1 This law applies to civil servants.\n\n(1) aged 18;\n(2) 300,000 yuan", uint8(0))
	f.Add("", "only target\n\nhere", uint8(1))
	f.Add("un\ndeux\ntrois", "", uint8(2))
	f.Add("\xff\xfe\n第十百千万亿条", "# 1.1.1.\n((\n1)", uint8(3))
	f.Fuzz(func(t *testing.T, a, b string, how uint8) {
		if len(a)+len(b) > 4000 {
			t.Skip("long input says no more")
		}
		pairs := [...][2]language.Tag{{language.Chinese, language.English}, {language.English, language.Chinese}, {language.German, language.French}, {language.Und, language.Und}}
		p := pairs[how%4]
		source, target := paragraphs(a), paragraphs(b)
		o := Options{Source: p[0], Target: p[1], Fast: how&4 != 0}
		if how&8 != 0 {
			o.Lexicon = Default(p[0], p[1])
		}
		if how&16 != 0 {
			o.Pins = []Pin{{Range{int(how >> 5), int(how>>5) + 1}, Range{1, 2}}, {Range{3, 3}, Range{2, 3}}}
		}
		beads, err := Align(context.Background(), source, target, o)
		if err != nil {
			t.Fatal(err)
		}
		covers(t, beads, len(source), len(target))
	})
}

// TestCover aligns texts of random words with random parts of one side removed, in blocks and
// without, and checks what must hold of any alignment.
func TestCover(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		source, target, _ := invent(r, r.IntN(60))
		if r.IntN(2) == 0 {
			cut := r.IntN(len(source) + 1)
			source = append(source[:cut:cut], source[min(len(source), cut+r.IntN(30)):]...)
		}
		if r.IntN(2) == 0 {
			for i := range source {
				source[i].Block /= 3
			}
			for j := range target {
				target[j].Block /= 4
			}
		}
		beads, err := Align(context.Background(), source, target, Options{Source: language.Italian, Target: language.Spanish, Fast: r.IntN(2) == 0})
		if err != nil {
			t.Fatal(err)
		}
		covers(t, beads, len(source), len(target))
	}
}

// invent makes a text of n source sentences in an invented language and its translation into
// another, in which a third of the words look alike. The answer is the beads as shown.
func invent(r *rand.Rand, n int) (source, target []Sentence, answer []string) {
	word := func() int { return int(2000 * r.Float64() * r.Float64() * r.Float64()) }
	syllable := []string{"ba", "ko", "ri", "nu", "me", "sta", "lo", "ti", "ver", "gan", "dol", "fis", "hu"}
	spell := func(w int, change string) string {
		s := ""
		for x := w*7 + 13; x > 0; x /= len(syllable) {
			s += syllable[x%len(syllable)]
		}
		if w%3 == 0 {
			return s + "ma"
		}
		return change + s
	}
	for i := range n {
		var a, b []string
		for range 5 + r.IntN(20) {
			w := word()
			a, b = append(a, spell(w, "a")), append(b, spell(w, "pro"))
		}
		source = append(source, Sentence{Text: strings.Join(a, " ") + ".", Block: i + 1})
		if k := r.IntN(len(b)); r.IntN(10) == 0 && k > 0 {
			target = append(target, Sentence{Text: strings.Join(b[:k], " ") + ".", Block: len(target) + 1})
			b = b[k:]
			answer = append(answer, show(Bead{Source: Range{i, i + 1}, Target: Range{len(target) - 1, len(target) + 1}}))
		} else {
			answer = append(answer, show(Bead{Source: Range{i, i + 1}, Target: Range{len(target), len(target) + 1}}))
		}
		target = append(target, Sentence{Text: strings.Join(b, " ") + ".", Block: len(target) + 1})
	}
	return source, target, answer
}

// TestLongGap removes a fifth of the source and checks that the other beads stay right.
func TestLongGap(t *testing.T) {
	source, target, answer := invent(rand.New(rand.NewPCG(3, 4)), 1000)
	const from, to = 400, 600
	source = append(source[:from:from], source[to:]...)
	beads, err := Align(context.Background(), source, target, Options{Source: language.Italian, Target: language.Spanish})
	if err != nil {
		t.Fatal(err)
	}
	covers(t, beads, len(source), len(target))
	got := map[string]bool{}
	for _, b := range beads {
		if b.Source.Start >= from {
			b.Source = Range{b.Source.Start + to - from, b.Source.End + to - from}
		}
		got[show(b)] = true
	}
	right, all := 0, 0
	for i, w := range answer {
		if i < from || i >= to {
			all++
			if got[w] {
				right++
			}
		}
	}
	if right*100 < all*95 {
		t.Errorf("with a fifth of the source gone %d of the %d other beads are right, want 95%%", right, all)
	}
}

// TestScatteredGaps removes a fifth of the source, sentence by sentence and in runs of ten, and
// checks that the other beads stay right.
func TestScatteredGaps(t *testing.T) {
	for _, run := range []int{1, 10} {
		r := rand.New(rand.NewPCG(6, 7))
		whole, target, answer := invent(r, 1000)
		var source []Sentence
		want := map[string]bool{}
		gone := false
		for i, s := range whole {
			if i%run == 0 {
				gone = r.IntN(5) == 0
			}
			if gone {
				continue
			}
			_, side, _ := strings.Cut(answer[i], ":")
			want[show(Bead{Source: Range{len(source), len(source) + 1}})+side] = true
			source = append(source, s)
		}
		beads, err := Align(context.Background(), source, target, Options{Source: language.Italian, Target: language.Spanish})
		if err != nil {
			t.Fatal(err)
		}
		covers(t, beads, len(source), len(target))
		right := 0
		for _, b := range beads {
			if want[show(b)] {
				right++
			}
		}
		t.Logf("in runs of %d: %d of %d", run, right, len(want))
		if right*100 < len(want)*98 {
			t.Errorf("with a fifth of the source gone in runs of %d, %d of the %d other beads are right, want 98%%", run, right, len(want))
		}
	}
}

// TestSymmetric aligns a Chinese and an English text either way round.
func TestSymmetric(t *testing.T) {
	source, target := report(50)
	there, err := Align(context.Background(), source, target, chineseEnglish)
	if err != nil {
		t.Fatal(err)
	}
	o := chineseEnglish
	o.Source, o.Target = o.Target, o.Source
	back, err := Align(context.Background(), target, source, o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range back {
		back[i].flip()
	}
	if !reflect.DeepEqual(there, back) {
		t.Errorf("English to Chinese is aligned otherwise than Chinese to English:\n%v\n%v", back, there)
	}
}
