package main

import (
	"bufio"
	"fmt"
	"io"
	"sort"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/exchange/charset"
	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func segmentCommand(a *app) *cobra.Command {
	var lang, batch string
	var asJSON, explain bool
	cmd := &cobra.Command{
		Use:   "segment FILE",
		Short: "Cut a text into sentences",
		Long: `Segment prints the sentences, headings, items and cells of a file: where they stand,
what they are, and what they say. Offsets are bytes into the file, in the encoding
it has, from the first byte of a sentence to its last; escapes are decoded, wrapped
lines joined, and markup is shown as ⟨1⟩.

In plain text a line end is a space in some files, and ends a paragraph in others.
That is decided for each file, and said on standard error where it matters; --lines
overrules it.

--explain names the rule by which each sentence ends, and the places inside it
where one might have ended and why it does not.

--batch reads {"id","lang","text"} a line and writes {"id","spans":[[start,end],…]}:
bytes into the text, which is plain text whatever it looks like. The spans touch
end to end: the first takes the white space before it, each the white space behind
it. What the line ends mean is decided for each text. A language that is unknown,
or missing, is taken from the script.`,
		Example: `  reviseur segment briefing.zh.md
  reviseur segment --json --lang en notice.txt
  reviseur segment --explain notice.txt
  reviseur segment --batch texts.jsonl > spans.jsonl`,
	}
	f := cmd.Flags()
	f.StringVar(&lang, "lang", "", "language of the text (default: by its script)")
	f.StringVar(&batch, "batch", "", "file of texts, one JSON object a line")
	f.BoolVar(&asJSON, "json", false, "print a JSON object a sentence")
	f.BoolVar(&explain, "explain", false, "say by which rule each sentence ends, and what was held back")
	reading := textFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if batch != "" {
			if len(args) > 0 || lang != "" || asJSON || explain || *reading != (textOptions{}) {
				return usagef("--batch stands alone: each line says what its text is")
			}
			return a.segmentBatch(cmd.Context(), batch)
		}
		if err := exactly(1, "a file, or --batch FILE.jsonl")(cmd, args); err != nil {
			return err
		}
		tag, err := oneLanguage(lang)
		if err != nil {
			return err
		}
		file, err := a.readText(args[0], *reading)
		if err != nil {
			return err
		}
		if err := a.sayLineEnds(file, *reading); err != nil {
			return err
		}
		out := bufio.NewWriter(a.Out)
		if err := printSegments(out, file, tag, asJSON, explain); err != nil {
			return err
		}
		return out.Flush()
	}
	return cmd
}

// sayLineEnds tells people how the line ends of a plain text were read, where
// that was decided and makes a difference.
func (a *app) sayLineEnds(file *textFile, o textOptions) error {
	if file.doc.Mode == "" || o.lines != "" {
		return nil
	}
	other := exchange.LinesSoft
	meaning := "each line is a paragraph"
	if file.doc.Mode == string(other) {
		other, meaning = exchange.LinesHard, "the lines of a paragraph are joined"
	}
	format, err := formatOf(file.name, o.format)
	if err != nil {
		return err
	}
	doc, err := format.Read(file.name, file.doc.Raw, exchange.Options{Lines: other, Encoding: charset.UTF8})
	if err != nil {
		return err
	}
	if len(doc.Blocks) != len(file.doc.Blocks) {
		fmt.Fprintf(a.Err, "%s: line ends read as %s: %s (otherwise: --lines %s)\n", file.name, file.doc.Mode, meaning, other)
	}
	return nil
}

// fileOffsets returns a function from byte offsets into the text, asked for in
// any order, to those into the file. Of UTF-8 they are the same.
func (f *textFile) fileOffsets() func(int) int {
	if f.encoding == charset.UTF8 {
		return func(at int) int { return at }
	}
	text := f.doc.Raw
	marks := []int{0}
	for i := range text {
		if i-marks[len(marks)-1] >= 4*marksEvery && utf8.RuneStart(text[i]) {
			marks = append(marks, i)
		}
	}
	raw := f.encoding.Offsets(text, marks)
	return func(at int) int {
		k := sort.Search(len(marks), func(k int) bool { return marks[k] > at }) - 1
		return raw[k] + f.encoding.Offsets(text[marks[k]:], []int{at - marks[k]})[0]
	}
}

// segmentLine is a line of segment --json. Offsets are bytes into the file.
type segmentLine struct {
	Start int        `json:"start"`
	End   int        `json:"end"`
	Kind  string     `json:"kind"`
	Text  string     `json:"text"`
	Rule  string     `json:"rule,omitempty"` // with --explain
	Held  []heldLine `json:"held,omitempty"` // with --explain
}

// heldLine is a place inside a sentence where it might have ended.
type heldLine struct {
	At     int            `json:"at"`
	Rule   string         `json:"rule"`
	rule   segmenter.Rule // the same, for people
	before string         // the text that leads up to the place
}

func printSegments(w io.Writer, file *textFile, lang language.Tag, asJSON, explain bool) error {
	doc, inFile := file.doc, file.fileOffsets()
	var held heldBack
	if explain {
		held = heldBack{doc: doc, lang: lang, block: -1}
	}
	for _, s := range layout.Segments(doc, lang) {
		line := segmentLine{Start: inFile(s.Envelope.Start), End: inFile(s.Envelope.End), Kind: s.Kind.String(), Text: layout.Show(s.Text)}
		if explain {
			line.Rule, line.Held = s.Rule.String(), held.in(s)
			for i := range line.Held {
				line.Held[i].At = inFile(line.Held[i].At)
			}
		}
		if asJSON {
			if err := printJSON(w, line); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(w, "%d-%d\t%s\t%s\n", line.Start, line.End, line.Kind, line.Text)
		for _, h := range line.Held {
			fmt.Fprintf(w, "\tgoes on at %d, after \"%s\": %s (%s)\n", h.At, h.before, h.rule.Doc(), h.Rule)
		}
		if explain {
			fmt.Fprintf(w, "\tends at %d: %s (%s)\n", line.End, s.Rule.Doc(), s.Rule)
		}
	}
	return nil
}
