package align

import (
	"context"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// trade is the language of a trade that no dictionary has: 120 terms of three characters, and
// words that render them.
func trade(r *rand.Rand) (terms, words []string) {
	const characters = "钪铼锗镉钽铷锶铟铊钇镝铒铥镱镥锇铱铑钌锝"
	const syllables = "bra cli dro fle gru hom jat kel lop mun nir pog quel rit sul tav vex wob yam zin"
	list, sound := []rune(characters), strings.Fields(syllables)
	seen := map[string]bool{}
	for len(terms) < 120 {
		a, b, c := r.IntN(len(list)), r.IntN(len(list)), r.IntN(len(list))
		if term := string([]rune{list[a], list[b], list[c]}); !seen[term] {
			seen[term] = true
			terms, words = append(terms, term), append(words, sound[r.IntN(20)]+sound[b]+sound[r.IntN(20)])
		}
	}
	return terms, words
}

// tradeText is a text of n sentences in that language; the translator cuts every fifth in two
// and leaves out every seventh. The answer is the beads as shown.
func tradeText(r *rand.Rand, terms, words []string, n int) (source, target []Sentence, answer map[string]bool) {
	answer = map[string]bool{}
	for i := range n {
		var a, b []string
		for range 4 + r.IntN(3) {
			k := r.IntN(len(terms))
			a, b = append(a, terms[k]), append(b, words[k])
		}
		source = append(source, Sentence{Text: strings.Join(a, "，") + "。"})
		j := len(target)
		if i%7 != 6 {
			if i%5 == 4 {
				target = append(target, Sentence{Text: strings.Join(b[:2], " ") + "."})
				b = b[2:]
			}
			target = append(target, Sentence{Text: strings.Join(b, " ") + "."})
		}
		answer[show(Bead{Source: Range{i, i + 1}, Target: Range{j, len(target)}})] = true
	}
	return source, target, answer
}

// TestLearnHelps aligns texts full of terms that only approved pairs of other texts know.
func TestLearnHelps(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	terms, words := trade(r)
	var approved []Pair
	for range 300 {
		var a, b []string
		for range 5 {
			k := r.IntN(len(terms))
			a, b = append(a, terms[k]), append(b, words[k])
		}
		approved = append(approved, Pair{strings.Join(a, "，") + "。", strings.Join(b, " ") + "."})
	}
	o := chineseEnglish
	learned := Learn(approved, o.Lexicon, o.Source, o.Target)
	if again := Learn(approved, o.Lexicon, o.Source, o.Target); !reflect.DeepEqual(learned, again) {
		t.Error("Learn differs from run to run")
	}
	right := func(o Options) (sum, all int) {
		r := rand.New(rand.NewPCG(13, 14))
		for range 10 {
			source, target, answer := tradeText(r, terms, words, 40)
			beads, err := Align(context.Background(), source, target, o)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range beads {
				if answer[show(b)] {
					sum++
				}
			}
			all += len(answer)
		}
		return sum, all
	}
	without, all := right(o)
	o.Learned = learned
	with, _ := right(o)
	t.Logf("of %d beads %d are right without what was learned and %d with it", all, without, with)
	if with < without+all/10 || with*10 < all*9 {
		t.Errorf("of %d beads %d are right without what was learned and %d with it; want a tenth more, and nine tenths", all, without, with)
	}
}

// TestLearnIsBounded trains on pairs whose words would make a hundred million meetings.
func TestLearnIsBounded(t *testing.T) {
	lessons := make([]lesson, 400)
	for k := range lessons {
		for w := range int32(500) {
			lessons[k].source = append(lessons[k].source, w)
			lessons[k].target = append(lessons[k].target, w)
		}
	}
	if n := sample(lessons); n == 0 || n*500*500 > mostMeetings {
		t.Errorf("%d lessons of 500 by 500 words are taken, want %d meetings at most", n, mostMeetings)
	}
	if l := Learn(nil, nil, language.German, language.French); l == nil {
		t.Error("Learn of nothing is nil")
	}
}
