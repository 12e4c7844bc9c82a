package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"runtime/debug"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/exchange/charset"
	"github.com/reviseur/reviseur/segmenter/align"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// alignOptions are the flags of align.
type alignOptions struct {
	presegmented, json, tmx bool
	dict                    string
	reading                 *textOptions
}

func alignCommand(a *app) *cobra.Command {
	var o alignOptions
	cmd := &cobra.Command{
		Use:   "align SRC TGT",
		Short: "Pair the sentences of a text with those of its translation",
		Long: `Align prints groups of sentences that belong together, in order; every sentence of
both files is in exactly one. A sentence that was left out, or added, stands alone.

--presegmented takes files of one sentence a line, and prints links such as 0,1:0,
line numbers from 0. --json prints an object a group: source and target (indexes of
sentences from 0), score (above 0.5: likelier a pair than strangers), margin (how
far the next best alignment is behind; above 10 is beyond doubt), reasons (an id and
its figures), doubtful, source_text, target_text. --tmx writes the pairs as TMX 1.4b.

--dict adds a dictionary of your own, in the format of CC-CEDICT or as two columns
with a tab between them.`,
		Example: `  reviseur align briefing.zh.md briefing.en.md
  reviseur align --presegmented --lang de:fr jahrbuch.de jahrbuch.fr
  reviseur align --tmx --dict names.tsv notice.zh.txt notice.en.txt > notice.tmx`,
		Args: exactly(2, "a source and its translation"),
	}
	languages := pairFlags(cmd)
	f := cmd.Flags()
	f.BoolVar(&o.presegmented, "presegmented", false, "the files hold one sentence a line")
	f.BoolVar(&o.json, "json", false, "print a JSON object a group")
	f.BoolVar(&o.tmx, "tmx", false, "write TMX 1.4b")
	f.StringVar(&o.dict, "dict", "", "dictionary to use beside the built-in one")
	o.reading = textFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		source, target, err := languages()
		if err != nil {
			return err
		}
		if o.json && o.tmx {
			return usagef("choose one of --json and --tmx")
		}
		if err := oneStdin(args[0], args[1]); err != nil {
			return err
		}
		options := align.Options{Source: source, Target: target}
		if options.Dictionary, err = a.dictionary(o.dict); err != nil {
			return err
		}
		s, err := a.alignSide(args[0], source, o)
		if err != nil {
			return err
		}
		t, err := a.alignSide(args[1], target, o)
		if err != nil {
			return err
		}
		beads, err := a.pairUp(cmd.Context(), s.sentences, t.sentences, options)
		if err != nil {
			return err
		}
		out := bufio.NewWriter(a.Out)
		if err := printBeads(out, beads, s, t, o); err != nil {
			return err
		}
		return out.Flush()
	}
	return cmd
}

// dictionary reads a user's dictionary; there is none without a name.
func (a *app) dictionary(name string) (*align.Lexicon, error) {
	if name == "" {
		return nil, nil
	}
	raw, err := a.readRaw(name)
	if err != nil {
		return nil, err
	}
	l, err := align.ReadLexicon(bytes.NewReader(raw))
	if err != nil {
		reason, numbered := strings.CutPrefix(err.Error(), "line ") // the reader says "line 3: reason"
		if !numbered {
			reason = "1: " + reason
		}
		return nil, corpus.Errorf(corpus.Invalid, "%s:%s", name, reason)
	}
	return l, nil
}

// alignSide is one side of an alignment: sentences of a file that was cut here,
// or of one that came cut.
type alignSide struct {
	lang      language.Tag
	sentences []align.Sentence
	content   func(align.Range) []exchange.TMXText // the text of a group, a part for each block
}

func (a *app) alignSide(name string, lang language.Tag, o alignOptions) (alignSide, error) {
	if o.presegmented {
		return a.presegmented(name, lang)
	}
	f, err := a.readText(name, *o.reading)
	if err != nil {
		return alignSide{}, err
	}
	s := newSide(f, lang)
	return alignSide{lang, s.sentences(), func(r align.Range) []exchange.TMXText {
		var parts []exchange.TMXText
		for _, run := range s.passage(r).runs {
			parts = append(parts, exchange.TMXText{Text: run.block.Text[run.span.Start:run.span.End], Tokens: run.block.Tokens})
		}
		return parts
	}}, nil
}

// presegmented reads a file of one sentence a line. Empty lines count: links
// speak of line numbers.
func (a *app) presegmented(name string, lang language.Tag) (alignSide, error) {
	raw, err := a.readRaw(name)
	if err != nil {
		return alignSide{}, err
	}
	plain, err := exchange.ByID("text")
	if err != nil {
		return alignSide{}, err
	}
	if _, err := plain.Read(name, raw, exchange.Options{Lines: exchange.LinesHard, Encoding: charset.UTF8}); err != nil {
		return alignSide{}, err
	}
	text := strings.TrimPrefix(strings.ToValidUTF8(string(raw), "\uFFFD"), "\uFEFF")
	var list []align.Sentence
	for line := range strings.Lines(text) {
		list = append(list, align.Sentence{Text: strings.TrimRight(line, "\r\n")})
	}
	return alignSide{lang, list, func(r align.Range) []exchange.TMXText {
		var b strings.Builder
		for i := r.Start; i < r.End; i++ {
			if b.Len() > 0 && !closeTogether(b.String(), list[i].Text) {
				b.WriteByte(' ')
			}
			b.WriteString(list[i].Text)
		}
		return []exchange.TMXText{{Text: b.String()}}
	}}, nil
}

// closeTogether reports whether no blank belongs between two sentences: where
// one ends or the other begins in a script that uses none.
func closeTogether(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	dense := func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || 0x3000 <= r && r <= 0x303F || 0xFF00 <= r && r <= 0xFFEF
	}
	return dense(last) || dense(first)
}

// text returns the text of a group as people read it.
func (s alignSide) text(r align.Range) string {
	var parts []string
	for _, p := range s.content(r) {
		parts = append(parts, layout.Show(p.Text))
	}
	return strings.Join(parts, "\n")
}

func printBeads(w io.Writer, beads []align.Bead, s, t alignSide, o alignOptions) error {
	if o.tmx {
		return writeBeads(w, beads, s, t)
	}
	for _, b := range beads {
		switch {
		case o.json:
			if err := printJSON(w, beadJSON(b, s, t)); err != nil {
				return err
			}
		case o.presegmented:
			fmt.Fprintf(w, "%s:%s\n", indexes(b.Source, 0, ","), indexes(b.Target, 0, ","))
		default:
			printBead(w, b, s, t)
		}
	}
	return nil
}

// beadLine is a line of align --json.
type beadLine struct {
	Source     []int    `json:"source"`
	Target     []int    `json:"target"`
	Score      float64  `json:"score"`
	Margin     float64  `json:"margin"`
	Doubtful   bool     `json:"doubtful"`
	Reasons    []string `json:"reasons"`
	SourceText string   `json:"source_text"`
	TargetText string   `json:"target_text"`
}

func beadJSON(b align.Bead, s, t alignSide) beadLine {
	line := beadLine{
		Source: indexList(b.Source), Target: indexList(b.Target), Score: rounded(b.Score), Margin: rounded(b.Margin), Doubtful: b.Doubtful,
		Reasons: []string{}, SourceText: s.text(b.Source), TargetText: t.text(b.Target),
	}
	for _, r := range b.Reasons {
		line.Reasons = append(line.Reasons, strings.Join(append([]string{r.ID}, r.Args...), " "))
	}
	return line
}

// rounded keeps the digits that mean something.
func rounded(x float64) float64 { return math.Round(x*1e4) / 1e4 }

func indexList(r align.Range) []int {
	out := make([]int, 0, r.Len())
	for i := r.Start; i < r.End; i++ {
		out = append(out, i)
	}
	return out
}

// indexes writes the indexes of a range, counted from base.
func indexes(r align.Range, base int, comma string) string {
	var parts []string
	for _, i := range indexList(r) {
		parts = append(parts, strconv.Itoa(i+base))
	}
	return strings.Join(parts, comma)
}

// printBead writes a group for people: each side with the numbers of its
// sentences, and what is doubtful about it.
func printBead(w io.Writer, b align.Bead, s, t alignSide) {
	for _, side := range []struct {
		alignSide
		r align.Range
	}{{s, b.Source}, {t, b.Target}} {
		if side.r.Len() == 0 {
			fmt.Fprintf(w, "%s\t-\n", side.lang)
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", side.lang, indexes(side.r, 1, ","), strings.ReplaceAll(side.text(side.r), "\n", " / "))
	}
	if b.Doubtful {
		var reasons []string
		for _, r := range b.Reasons {
			reasons = append(reasons, r.String())
		}
		fmt.Fprintf(w, "\t?\t%s\n", strings.Join(reasons, "; "))
	}
	fmt.Fprintln(w)
}

// programVersion is the version the program was built as.
func programVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}

// writeBeads writes the pairs as a translation memory. Doubtful ones say so.
func writeBeads(w io.Writer, beads []align.Bead, s, t alignSide) error {
	m := exchange.TMX{Source: s.lang, Target: t.lang, Tool: "reviseur", Version: programVersion()}
	for i, b := range beads {
		u := exchange.TMXUnit{ID: strconv.Itoa(i + 1), Source: s.content(b.Source), Target: t.content(b.Target)}
		if b.Doubtful {
			u.Props = []exchange.TMXProp{{Type: "x-alignment", Value: "doubtful"}}
		}
		m.Units = append(m.Units, u)
	}
	return exchange.WriteTMX(w, m)
}
