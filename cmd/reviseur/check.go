package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/segmenter/align"
)

// checker runs one check command.
type checker struct {
	*app
	source, target language.Tag
	ui             language.Tag // of the messages
	failOn         corpus.Severity
	json, risk     bool
	reading        *textOptions
	terms          *check.Termbase // of --terms; nil for none
}

func checkCommand(a *app) *cobra.Command {
	c := checker{app: a}
	var failOn, ui, pairs, terms string
	cmd := &cobra.Command{
		Use:   "check [SRC] TGT",
		Short: "Find what is likely wrong in a translation",
		Long: `Check reads a translation, with its original where there is one, pairs the sentences
and prints what the checks find, as FILE:LINE:COLUMN: severity: message [check], with
the passage and its replacement where one is certain. The exit code is 1 when a
finding reaches --fail-on.

--json prints an object a finding: side, start and end (code points of that file: a
byte order mark, CR and LF count one each), quote, check, category, mqm, severity,
message, fix (start, end, text, or null) and also (further passages, as of the source).

--risk prints an object a unit, in reading order: target_start, target_end, risk from
0 to 1, and reasons in words; without any there is no automatic finding, which does
not say that the unit is right. Risk divided by words is the order to read in. A
sentence that was left out has an empty span where it would stand.

--pairs reads {"source","target"} a line, each line for itself, and writes the line's
other fields with risk and findings; offsets are code points of that text.

--terms checks against a glossary, a table as terms import takes it.`,
		Example: `  reviseur check briefing.zh.md briefing.en.md
  reviseur check --json --fail-on major notice.zh.txt notice.en.txt
  reviseur check bulletin.en.txt
  reviseur check --pairs segments.jsonl > findings.jsonl`,
	}
	languages := pairFlags(cmd)
	f := cmd.Flags()
	f.BoolVar(&c.json, "json", false, "print a JSON object a finding")
	f.BoolVar(&c.risk, "risk", false, "print a JSON object a unit, with its risk")
	f.StringVar(&failOn, "fail-on", "minor", "exit with 1 from this severity on: neutral, minor, major or critical")
	f.StringVar(&ui, "lang-ui", "en", "language of the messages: en or zh")
	f.StringVar(&pairs, "pairs", "", "file of ready pairs, one JSON object a line")
	f.StringVar(&terms, "terms", "", "table of terms to check against, CSV, XLSX or TBX")
	c.reading = textFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var err error
		if c.source, c.target, err = languages(); err != nil {
			return err
		}
		if c.failOn, err = corpus.ParseSeverity(failOn); err != nil {
			return usagef("--fail-on: %w", err)
		}
		if c.ui, err = messageLanguage(ui); err != nil {
			return err
		}
		if terms != "" {
			list, err := c.readTerms(terms, c.source, c.target)
			if err != nil {
				return err
			}
			c.terms = check.NewTermbase(list, c.source, c.target)
		}
		switch {
		case pairs != "" && (len(args) > 0 || c.risk || *c.reading != (textOptions{})):
			return usagef("--pairs stands alone: its lines carry texts, risks and findings")
		case pairs != "":
			return c.pairs(cmd.Context(), pairs)
		case len(args) == 1:
			return c.files(cmd.Context(), "", args[0])
		case len(args) == 2:
			return c.files(cmd.Context(), args[0], args[1])
		}
		return usagef("check takes a translation, or a source and its translation; see %s --help", cmd.CommandPath())
	}
	return cmd
}

// messageLanguage reads the language of messages.
func messageLanguage(s string) (language.Tag, error) {
	switch s {
	case "en":
		return language.English, nil
	case "zh":
		return language.Chinese, nil
	}
	return language.Und, usagef("messages are in en or zh, not in %q", s)
}

// pairing is a unit of two files.
type pairing struct {
	source, target passage
	margin         float64 // as the aligner gives it; 0 without a source
}

// files checks a translation, with its source where one is named.
func (c *checker) files(ctx context.Context, source, target string) error {
	if err := oneStdin(source, target); err != nil {
		return err
	}
	units, err := c.units(ctx, source, target)
	if err != nil {
		return err
	}
	results, failed := c.run(units)
	out := bufio.NewWriter(c.Out)
	if c.risk {
		err = c.printRisks(out, units, results)
	} else {
		err = c.printFindings(out, units, results)
	}
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if err := brokeDown(failed); err != nil {
		return err
	}
	if !c.risk && c.reached(results) {
		return openError{}
	}
	return nil
}

// units reads the files and pairs their sentences.
func (c *checker) units(ctx context.Context, source, target string) ([]pairing, error) {
	var s side
	if source != "" {
		f, err := c.readText(source, *c.reading)
		if err != nil {
			return nil, err
		}
		s = newSide(f, c.source)
	}
	f, err := c.readText(target, *c.reading)
	if err != nil {
		return nil, err
	}
	t := newSide(f, c.target)
	var beads []align.Bead
	if source == "" {
		beads = unpaired(t)
	} else if beads, err = c.pairUp(ctx, s.sentences(), t.sentences(), align.Options{Source: c.source, Target: c.target}); err != nil {
		return nil, err
	}
	units := make([]pairing, len(beads))
	for i, b := range beads {
		units[i] = pairing{s.passage(b.Source), t.passage(b.Target), b.Margin}
	}
	return units, nil
}

// unitResult is what the checks say of a unit.
type unitResult struct {
	risk     float64
	reasons  []string // for --risk only
	findings []corpus.Finding
}

// run runs the checks of units, on all cores, and those of the document. It
// returns the ids of checks that broke down as well.
func (c *checker) run(units []pairing) (results []unitResult, failed []string) {
	checks := check.All()
	inputs := make([]check.Input, len(units))
	for i := range units {
		inputs[i] = c.input(units, i)
	}
	own := make([]check.Result, len(units))
	each(len(units), func(i int) { own[i] = check.Run(inputs[i], checks) })
	whole := check.RunDocument(inputs, checks)
	failed = whole.Failed
	results = make([]unitResult, len(units))
	for i, r := range own {
		failed = append(failed, r.Failed...)
		results[i] = unitResult{risk: check.Risk(inputs[i], r.Findings), findings: r.Findings}
		if c.risk {
			results[i].reasons = check.RiskReasons(inputs[i], r.Findings, c.ui)
		}
	}
	for _, p := range whole.Findings {
		results[p.Unit].findings = append(results[p.Unit].findings, p.Finding)
	}
	return results, failed
}

// input returns what the checks see of a unit.
func (c *checker) input(units []pairing, i int) check.Input {
	u := units[i]
	in := check.Input{Source: u.source.text, Target: u.target.text, SourceLang: c.source, TargetLang: c.target, Kind: u.target.kind, Terms: c.terms, Margin: u.margin}
	if in.Kind == "" {
		in.Kind = u.source.kind
	}
	if i > 0 {
		in.Previous = units[i-1].target.text
	}
	if i+1 < len(units) {
		in.Next = units[i+1].target.text
	}
	return in
}

// reached reports whether a finding reaches --fail-on.
func (c *checker) reached(results []unitResult) bool {
	for _, r := range results {
		for _, f := range r.findings {
			if f.Severity >= c.failOn {
				return true
			}
		}
	}
	return false
}

// brokeDown is the error for checks that broke down: all findings of the others
// are printed by then, with a notice in the place of what is missing.
func brokeDown(failed []string) error {
	if len(failed) == 0 {
		return nil
	}
	return corpus.Errorf(corpus.Internal, "the check %s failed; its findings are missing from what was printed", failed[0])
}

// riskLine is a line of check --risk, in code points of the translation's file.
type riskLine struct {
	Start   int      `json:"target_start"`
	End     int      `json:"target_end"`
	Risk    float64  `json:"risk"`
	Reasons []string `json:"reasons"`
}

func (c *checker) printRisks(w io.Writer, units []pairing, results []unitResult) error {
	for i, u := range units {
		line := riskLine{Risk: results[i].risk, Reasons: results[i].reasons}
		line.Start, line.End = u.target.codePoints(corpus.Span{End: len(u.target.text)})
		if err := printJSON(w, line); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) printFindings(w io.Writer, units []pairing, results []unitResult) error {
	total, touched := 0, 0
	for i, r := range results {
		for _, f := range r.findings {
			if !c.json {
				c.printFinding(w, units[i], f)
				continue
			}
			if err := printJSON(w, c.finding(f, units[i].place)); err != nil {
				return err
			}
		}
		total += len(r.findings)
		if len(r.findings) > 0 {
			touched++
		}
	}
	if !c.json {
		fmt.Fprintf(c.Err, "%d findings in %d of %d units\n", total, touched, len(units))
	}
	return nil
}

// each calls f for 0 to n-1 on all cores.
func each(n int, f func(int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}
