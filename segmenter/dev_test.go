package segmenter

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"
)

var update = flag.Bool("update", false, "raise the floors in testdata/floors.txt to what is reached")

// devData is where the development sets lie beside the project.
const devData = "../../shared/data/segment"

// row is one document of a development set: a text and the sentences people
// find in it.
type row struct {
	ID, Lang, Text string
	Sentences      []string
}

// boundaries returns the inner boundaries of a text cut into parts, each as
// the number of characters before it that are no white space.
func boundaries(parts []string) map[int]bool {
	set, n := make(map[int]bool), 0
	for _, p := range parts {
		k := 0
		for _, r := range p {
			if !unicode.IsSpace(r) {
				k++
			}
		}
		if n > 0 && k > 0 {
			set[n] = true
		}
		n += k
	}
	return set
}

// score is what one set reaches: the F1 of its boundaries in percent, and the
// number of documents with exactly the right ones.
func score(rows []row) (f1 float64, exact int) {
	var hit, wrong, missed int
	for _, r := range rows {
		var parts []string
		p := For(language.Make(r.Lang))
		for _, s := range p.AppendSpans(nil, r.Text, DecideLineEnds(r.Text)) {
			parts = append(parts, r.Text[s.Start:s.End])
		}
		got, want := boundaries(parts), boundaries(r.Sentences)
		ok := true
		for b := range got {
			if want[b] {
				hit++
			} else {
				wrong++
				ok = false
			}
		}
		for b := range want {
			if !got[b] {
				missed++
				ok = false
			}
		}
		if ok {
			exact++
		}
	}
	return 200 * float64(hit) / float64(max(1, 2*hit+wrong+missed)), exact
}

func readRows(t *testing.T, name string) []row {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(devData, name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Logf("the development set %s is not here", name)
		t.Skip("no development data")
	}
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for line := range bytes.Lines(data) {
		var r row
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	return rows
}

// TestDevelopmentSets compares what each set reaches with its floor in
// testdata/floors.txt. A floor only rises: -update writes better figures.
func TestDevelopmentSets(t *testing.T) {
	const path = "testdata/floors.txt"
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out bytes.Buffer
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var name string
		var f1 float64
		var exact int
		if _, err := fmt.Sscan(sc.Text(), &name, &f1, &exact); err != nil || strings.HasPrefix(name, "#") {
			fmt.Fprintln(&out, sc.Text())
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			gotF1, gotExact := score(readRows(t, name))
			if gotF1 < f1-0.005 || gotExact < exact {
				t.Errorf("F1 %.2f, exact %d; the floor is %.2f, %d", gotF1, gotExact, f1, exact)
			}
			f1, exact = max(f1, gotF1), max(exact, gotExact)
		})
		fmt.Fprintf(&out, "%-36s %6.2f %4d\n", name, f1, exact)
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSeed compares the spans of the seed text with those set by hand.
func TestSeed(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(devData, "dev/seed-000.spans.json"))
	if err != nil {
		t.Log("the spans of the seed text are not here")
		t.Skip("no development data")
	}
	var gold struct {
		File, SHA256 string
		Spans        [][2]int
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(devData, "../seed", gold.File))
	if err != nil {
		t.Log("the seed text is not here")
		t.Skip("no development data")
	}
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != gold.SHA256 {
		t.Fatal("the seed text is another one than the spans are for")
	}
	var got [][2]int
	p := For(language.English)
	for _, b := range AppendBlocks(nil, string(text), DecideLineEnds(string(text))) {
		for s := range p.All(string(text[b.Start:b.End])) {
			got = append(got, [2]int{b.Start + s.Start, b.Start + s.End})
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(gold.Spans) {
		t.Errorf("spans of the seed text = %v, want %v", got, gold.Spans)
	}
}
