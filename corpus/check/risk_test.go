package check

import (
	"bufio"
	"encoding/json"
	"flag"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

var update = flag.Bool("update", false, "learn risk.json anew from the development set, rewrite golden files")

const developmentSet = "../../../shared/data/mqm/wmt21_zhen_dev.jsonl"

type rated struct {
	doc, system, text string
	words             float64
	points            float64
	major             bool
	signals           []signal
}

// readRated reads the development set; without sources where alone is set.
func readRated(t *testing.T, alone bool) []rated {
	t.Helper()
	file, err := os.Open(developmentSet)
	if err != nil {
		t.Skip("no development set: ", err)
	}
	defer file.Close()
	var rows []rated
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row struct {
			Doc, System, Source, Target string
			Errors                      []struct{ Category, Severity string }
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		r := rated{doc: row.Doc, system: row.System, text: row.Target, words: math.Max(1, float64(len(strings.Fields(row.Target))))}
		for _, e := range row.Errors {
			switch {
			case strings.HasPrefix(e.Category, "Non-translation"):
				r.points += 25
			case e.Severity == "Minor" && strings.Contains(e.Category, "Punctuation"):
				r.points += 0.1
			case e.Severity == "Minor":
				r.points++
			case e.Severity == "Major":
				r.points += 5
			}
			r.major = r.major || e.Severity == "Major"
		}
		if alone {
			row.Source = ""
		}
		in := Input{Source: row.Source, Target: row.Target, SourceLang: language.Chinese, TargetLang: language.English}
		r.signals = signals(in, Run(in, All()).Findings)
		rows = append(rows, r)
	}
	return rows
}

// ridge is the penalty on a weight, in units of its signal's variance.
const ridge = 0.1

// learn fits the points of a word by ridge regression over the rows that are
// not left out. Long units weigh more, as they do in reading time.
func learn(rows []rated, names []string, ridge float64, leave func(rated) bool) weights {
	index := map[string]int{}
	for i, n := range names {
		index[n] = i
	}
	n := len(names)
	mean := make([]float64, n)
	var meanY, weight float64
	rate := func(r rated) float64 { return math.Min(r.points, 25) / (r.words + restWords) }
	mass := func(r rated) float64 { return r.words }
	for _, r := range rows {
		if leave(r) {
			continue
		}
		w := mass(r)
		weight += w
		meanY += w * rate(r)
		for _, s := range r.signals {
			if i, ok := index[s.name]; ok {
				mean[i] += w * s.value
			}
		}
	}
	meanY /= weight
	for i := range mean {
		mean[i] /= weight
	}
	a := make([][]float64, n)
	for i := range a {
		a[i] = make([]float64, n+1)
	}
	x := make([]float64, n)
	variance := make([]float64, n)
	for _, r := range rows {
		if leave(r) {
			continue
		}
		w := mass(r) / weight
		for i := range x {
			x[i] = -mean[i]
		}
		for _, s := range r.signals {
			if i, ok := index[s.name]; ok {
				x[i] += s.value
			}
		}
		y := rate(r) - meanY
		for i := range x {
			variance[i] += w * x[i] * x[i]
			for j := 0; j <= i; j++ {
				a[i][j] += w * x[i] * x[j]
			}
			a[i][n] += w * x[i] * y
		}
	}
	for i := range a {
		for j := i + 1; j < n; j++ {
			a[i][j] = a[j][i]
		}
	}
	for i := range a {
		a[i][i] += ridge*variance[i] + 1e-9
	}
	m := weights{Bias: meanY, Signals: map[string]float64{}, Typical: map[string]float64{}}
	for i, v := range solve(a) {
		if v != 0 {
			m.Signals[names[i]], m.Typical[names[i]] = v, mean[i]
			m.Bias -= v * mean[i]
		}
	}
	return m
}

// fit learns weights under which no finding makes a unit less to be feared: a
// signal of findings whose weight comes out negative is left out, and the rest
// learned again.
func fit(rows []rated, names []string, ridge float64, leave func(rated) bool) weights {
	for {
		m := learn(rows, names, ridge, leave)
		kept := slices.DeleteFunc(slices.Clone(names), func(n string) bool {
			return m.Signals[n] < 0 && (strings.HasPrefix(n, "check:") || strings.HasPrefix(n, "severity:"))
		})
		if len(kept) == len(names) {
			return m
		}
		names = kept
	}
}

// solve solves the linear equations a by Gaussian elimination with pivots.
func solve(a [][]float64) []float64 {
	n := len(a)
	for i := range n {
		p := i
		for k := i + 1; k < n; k++ {
			if math.Abs(a[k][i]) > math.Abs(a[p][i]) {
				p = k
			}
		}
		a[i], a[p] = a[p], a[i]
		if math.Abs(a[i][i]) < 1e-15 {
			continue
		}
		for k := i + 1; k < n; k++ {
			f := a[k][i] / a[i][i]
			for j := i; j <= n; j++ {
				a[k][j] -= f * a[i][j]
			}
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		if math.Abs(a[i][i]) < 1e-15 {
			continue
		}
		x[i] = a[i][n]
		for j := i + 1; j < n; j++ {
			x[i] -= a[i][j] * x[j]
		}
		x[i] /= a[i][i]
	}
	return x
}

// massRead returns the share of all points that lie within a fifth of the
// words when rows are read in the order of score, highest first.
func massRead(rows []rated, score []float64) float64 {
	order := make([]int, len(rows))
	words, points := 0.0, 0.0
	for i, r := range rows {
		order[i] = i
		words += r.words
		points += r.points
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case score[a] > score[b]:
			return -1
		case score[a] < score[b]:
			return 1
		}
		return 0
	})
	used, mass := 0.0, 0.0
	for _, i := range order {
		if used+rows[i].words > 0.2*words {
			break
		}
		used += rows[i].words
		mass += rows[i].points
	}
	return mass / points
}

// areaUnder returns the probability that a row with a Major error scores above
// one without.
func areaUnder(rows []rated, score []float64) float64 {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case score[a] < score[b]:
			return -1
		case score[a] > score[b]:
			return 1
		}
		return a - b
	})
	rank, positives := 0.0, 0.0
	for k, i := range order {
		if rows[i].major {
			rank += float64(k + 1)
			positives++
		}
	}
	return (rank - positives*(positives+1)/2) / (positives * (float64(len(rows)) - positives))
}

// names returns the signals that enough rows have for a weight to mean
// something.
func names(rows []rated) []string {
	count := map[string]int{}
	for _, r := range rows {
		for _, s := range r.signals {
			if s.value != 0 {
				count[s.name]++
			}
		}
	}
	var list []string
	for n, c := range count {
		if c >= 30 || c >= 5 && !strings.HasPrefix(n, "check:") {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

func documentsOf(rows []rated) []string {
	var docs []string
	for _, r := range rows {
		if !slices.Contains(docs, r.doc) {
			docs = append(docs, r.doc)
		}
	}
	return docs
}

// TestRiskRanking measures the ranking on documents that the weights have not
// seen, five folds by document, and the embedded weights on the whole set, on
// most of which they were learned. With -update it learns the weights anew.
func TestRiskRanking(t *testing.T) {
	file := riskModel{Version: 2, Scale: 60, Floor: 0.005, Learned: "ridge regression of MQM points per word, no finding below 0, WMT21 zh-en news, 6,500 segments of 51 documents"}
	for _, alone := range []bool{false, true} {
		rows := readRated(t, alone)
		docs, list := documentsOf(rows), names(rows)
		perWord, risk := make([]float64, len(rows)), make([]float64, len(rows))
		shortest := make([]float64, len(rows))
		measure := func(what string, m weights, in func(rated) bool) {
			for i, r := range rows {
				if in(r) {
					risk[i] = max(file.Floor, m.rate(r.signals)) * (r.words + restWords)
					perWord[i] = risk[i] / r.words
					shortest[i] = -r.words
				}
			}
			if what != "" {
				t.Logf("%s, source %v: AUC %.3f, mass within 20 %% of the words %.3f (shortest first %.3f)", what, !alone, areaUnder(rows, risk), massRead(rows, perWord), massRead(rows, shortest))
			}
		}
		for fold := range 5 {
			out := func(r rated) bool { return slices.Index(docs, r.doc)%5 == fold }
			measure("", fit(rows, list, ridge, out), out)
		}
		every := func(rated) bool { return true }
		t.Logf("five folds by document, source %v: AUC %.3f, mass within 20 %% of the words %.3f", !alone, areaUnder(rows, risk), massRead(rows, perWord))
		if !alone && (areaUnder(rows, risk) < 0.66 || massRead(rows, perWord) < 0.279) {
			t.Errorf("ranking of unseen documents: AUC %.3f, mass %.3f, want at least .66 and .279", areaUnder(rows, risk), massRead(rows, perWord))
		}
		m := fit(rows, list, ridge, func(rated) bool { return false })
		if alone {
			file.Alone = m
		} else {
			file.Pair = m
		}
		embedded := model().Pair
		if alone {
			embedded = model().Alone
		}
		measure("embedded weights on what they were learned from", embedded, every)
	}
	if *update {
		writeModel(t, file)
	}
}

func writeModel(t *testing.T, m riskModel) {
	t.Helper()
	for _, w := range []*weights{&m.Pair, &m.Alone} {
		w.Bias = round(w.Bias)
		for n, v := range w.Signals {
			w.Signals[n] = round(v)
			w.Typical[n] = round(w.Typical[n])
		}
	}
	data, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("risk.json", append(data, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func round(x float64) float64 { return math.Round(x*1e5) / 1e5 }
