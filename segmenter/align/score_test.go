package align

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// floors are what the development sets must keep to: strict F1, and recall and precision of
// null beads where the set has enough of them. They lie just under what is reached.
var floors = []struct {
	set, source, target           string
	strict, nullRecall, nullRight float64
}{
	{"mac-dev", "zh", "en", 0.895, 0, 0},
	{"wmt21-ref", "zh", "en", 0.985, 0.75, 0.90},
	{"wmt21-mt", "zh", "en", 0.985, 0.75, 0.85},
	{"textberg-dev", "de", "fr", 0.85, 0.70, 0.70},
	{"parice", "en", "is", 0.95, 0, 0},
	{"hun-dtm", "hu", "en", 0.98, 0, 0},
}

const developmentData = "../../../shared/data/align"

// TestDevelopmentSets scores the aligner as score.py beside the data does.
func TestDevelopmentSets(t *testing.T) {
	if _, err := os.Stat(developmentData); err != nil {
		t.Log("development data is not here:", err)
		t.Skip("nothing to score without ../shared")
	}
	for _, f := range floors {
		t.Run(f.set, func(t *testing.T) {
			t.Parallel()
			r := scoreSet(t, f.set, language.MustParse(f.source), language.MustParse(f.target), Align)
			t.Logf("strict F1 %.3f, null recall %.2f, precision %.2f", r.strict(), r.nullRecall(), r.nullPrecision())
			if r.strict() < f.strict || r.nullRecall() < f.nullRecall || r.nullPrecision() < f.nullRight {
				t.Errorf("%s: strict F1 %.3f, null recall %.2f, precision %.2f; want %.3f, %.2f, %.2f",
					f.set, r.strict(), r.nullRecall(), r.nullPrecision(), f.strict, f.nullRecall, f.nullRight)
			}
		})
	}
}

// result counts beads: predicted ones and their hits, gold ones with two sides and theirs, and
// the same of null beads.
type result struct {
	predicted, right             float64
	gold, found                  float64
	nulls, nullsRight, nullsGold float64
}

func (r result) strict() float64 {
	p, c := r.right/r.predicted, r.found/r.gold
	return 2 * p * c / (p + c)
}

func (r result) nullRecall() float64    { return ratio(r.nullsRight, r.nullsGold) }
func (r result) nullPrecision() float64 { return ratio(r.nullsRight, r.nulls) }

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// TestFifthMissing removes a fifth of the source sentences of a set, by documents run together,
// in one piece, in runs of ten and one by one, and scores the other beads. Where single
// sentences are missing everywhere, some of their translations are taken for those of their
// neighbours.
func TestFifthMissing(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(developmentData, "wmt21-ref", "*.src"))
	if len(files) == 0 {
		t.Skip("development data is not here: nothing to score without ../shared")
	}
	var source, target []Sentence
	var gold []Bead
	for _, file := range files {
		name := strings.TrimSuffix(file, "src")
		for link := range readGold(t, name+"gold") {
			if null(link) {
				continue
			}
			side := func(list string, from int) Range {
				f := strings.Split(list, ",")
				first, _ := strconv.Atoi(f[0])
				return Range{from + first, from + first + len(f)}
			}
			s, g, _ := strings.Cut(link, ":")
			gold = append(gold, Bead{Source: side(s, len(source)), Target: side(g, len(target))})
		}
		source, target = append(source, readLines(t, file)...), append(target, readLines(t, name+"tgt")...)
	}
	o := Options{Source: language.Chinese, Target: language.English, Lexicon: Default(language.Chinese, language.English)}
	test := func(how string, least float64, missing func(i int) bool) {
		at := make([]int, len(source)+1) // where a source sentence is afterwards
		var rest []Sentence
		for i, s := range source {
			if at[i] = len(rest); !missing(i) {
				rest = append(rest, Sentence{Text: s.Text})
			}
		}
		at[len(source)] = len(rest)
		want := map[string]bool{}
		for _, b := range gold {
			if r := (Range{at[b.Source.Start], at[b.Source.End]}); r.Len() == b.Source.Len() {
				want[show(Bead{Source: r, Target: b.Target})] = true
			}
		}
		beads, err := Align(context.Background(), rest, target, o)
		if err != nil {
			t.Fatal(err)
		}
		right := 0.0
		for _, b := range beads {
			if want[show(b)] {
				right++
			}
		}
		share := right / float64(len(want))
		t.Logf("%s: %.3f of the other %d beads right", how, share, len(want))
		if share < least {
			t.Errorf("%s: %.3f of the other %d beads right, want %.2f", how, share, len(want), least)
		}
	}
	r := rand.New(rand.NewPCG(5, 5))
	gone := false
	test("nothing missing", 0.98, func(int) bool { return false })
	test("a fifth in one piece", 0.98, func(i int) bool { return i*5 >= 2*len(source) && i*5 < 3*len(source) })
	test("a fifth in runs of ten", 0.97, func(i int) bool {
		if i%10 == 0 {
			gone = r.IntN(5) == 0
		}
		return gone
	})
	test("a fifth one by one", 0.93, func(int) bool { return r.IntN(5) == 0 })
}

type aligning func(context.Context, []Sentence, []Sentence, Options) ([]Bead, error)

// scoreSet pools the documents of a set.
func scoreSet(t testing.TB, set string, source, target language.Tag, align aligning) result {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(developmentData, set, "*.src"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents in %s: %v", set, err)
	}
	var r result
	for _, file := range files {
		name := strings.TrimSuffix(file, "src")
		beads, err := align(context.Background(), readLines(t, file), readLines(t, name+"tgt"), Options{Source: source, Target: target, Lexicon: Default(source, target)})
		if err != nil {
			t.Fatal(err)
		}
		r.count(beads, readGold(t, name+"gold"))
	}
	return r
}

func (r *result) count(beads []Bead, gold map[string]bool) {
	for link := range gold {
		if null(link) {
			r.nullsGold++
		} else {
			r.gold++
		}
	}
	for _, b := range beads {
		link := show(b)
		r.predicted++
		if null(link) {
			r.nulls++
		}
		if gold[link] {
			r.right++
			if null(link) {
				r.nullsRight++
			} else {
				r.found++
			}
		}
	}
}

func null(link string) bool { return strings.HasPrefix(link, ":") || strings.HasSuffix(link, ":") }

func readLines(t testing.TB, file string) []Sentence {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return lines(strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")...)
}

func readGold(t testing.TB, file string) map[string]bool {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	gold := map[string]bool{}
	for _, line := range strings.Fields(string(data)) {
		side := strings.Split(line, ":")
		gold[side[0]+":"+side[1]] = true
	}
	return gold
}

// TestStatutes aligns laws whose article numbers are the answer: no bead may join sentences
// from different articles. Two of the pairs have drifted apart and are harder.
func TestStatutes(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/docs/tw-moj-laws/*.zh.md")
	if len(files) == 0 {
		t.Log("statutes are not here")
		t.Skip("nothing to align without ../shared")
	}
	agreed, all := 0, 0
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".zh.md")
		t.Run(name, func(t *testing.T) {
			source, in := readStatute(t, file, "。；")
			target, of := readStatute(t, strings.Replace(file, ".zh.", ".en.", 1), ".;")
			o := Options{Source: language.MustParse("zh-Hant"), Target: language.English, Lexicon: Default(language.Chinese, language.English)}
			beads, err := Align(context.Background(), source, target, o)
			if err != nil {
				t.Fatal(err)
			}
			covers(t, beads, len(source), len(target))
			right, proper := 0, 0
			for _, b := range beads {
				if b.Source.Len() == 0 || b.Target.Len() == 0 {
					continue
				}
				proper++
				if in[b.Source.Start] == of[b.Target.Start] && in[b.Source.End-1] == of[b.Target.End-1] {
					right++
				}
			}
			t.Logf("%s%s: %d of %d beads agree in their article, %d one-sided", name, drifted[name], right, proper, len(beads)-proper)
			least := 99
			if drifted[name] != "" {
				least = 98
			}
			if right*100 < proper*least {
				t.Errorf("%s: %d of %d beads agree in their article, want %d%%", name, right, proper, least)
			}
			agreed, all = agreed+right, all+proper
		})
	}
	t.Logf("%d of %d beads agree in their article", agreed, all)
	if agreed*1000 < all*995 {
		t.Errorf("%d of %d beads agree in their article, want 99.5%%", agreed, all)
	}
}

// drifted are the statutes whose sides are of different years.
var drifted = map[string]string{"B0010002": " (drifted: 22 articles, 30)", "C0010009": " (drifted: 43 articles, 41)"}

// readStatute cuts a law into sentences after any of the marks and returns with each the
// number of its article.
func readStatute(t *testing.T, file, marks string) (list []Sentence, article []string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	block, current := 0, ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		block++
		if head, ok := strings.CutPrefix(line, "#"); ok {
			head = strings.TrimLeft(head, "# ")
			current = "chapter"
			if strings.HasPrefix(line, "### ") {
				current = strings.Trim(head, "第條 Article")
			}
			list, article = append(list, Sentence{Text: head, Block: block, Kind: Heading}), append(article, current)
			continue
		}
		for line != "" {
			end := strings.IndexAny(line, marks)
			size := len(line)
			if end >= 0 {
				size = end + len(string([]rune(line[end:])[:1]))
			}
			list, article = append(list, Sentence{Text: strings.TrimSpace(line[:size]), Block: block, Kind: Paragraph}), append(article, current)
			line = strings.TrimSpace(line[size:])
		}
	}
	return list, article
}
