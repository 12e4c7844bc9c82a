package exchange

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/segmenter/layout"
)

const devFormats = "../../../shared/data/formats/"

// devFiles returns the development files of a folder; the test is skipped, and
// says so, where there are none.
func devFiles(t *testing.T, pattern string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(devFormats + pattern)
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Skipf("development data is not here: %s", devFormats+pattern)
	}
	files := map[string][]byte{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = raw
	}
	return files
}

func readDev(name string, raw []byte) (*Bilingual, error) {
	f, err := Recognise(name, raw)
	if err != nil {
		return nil, err
	}
	return f.ReadPair(name, raw)
}

// TestDevXLIFFValid reads the samples and all that OASIS calls valid in its core
// tests. Each comes back to the byte, and with one target changed everything
// else does.
func TestDevXLIFFValid(t *testing.T) {
	read, edited := 0, 0
	for _, folder := range []string{"valid/*.xlf", "oasis-xliff-2.1-tests/core/valid/*.xlf"} {
		for name, raw := range devFiles(t, folder) {
			pair, err := readDev(name, raw)
			if err != nil {
				t.Errorf("%s is refused: %v", name, err)
				continue
			}
			read++
			checkPair(t, pair)
			if out, changes, err := layout.Splice(pair.Target, nil); err != nil || len(changes) > 0 || !bytes.Equal(out, raw) {
				t.Errorf("%s does not come back as it is: %v", name, err)
			}
			if len(pair.Target.Blocks) == 0 || pair.Target.Blocks[0].ReadOnly != "" {
				continue
			}
			text := pair.Target.Blocks[0].Text
			edit := layout.Edit{Block: 0, Span: layout.Span{Start: len(text), End: len(text)}, Text: " <more> & more"}
			out, changes, err := layout.Splice(pair.Target, []layout.Edit{edit})
			if err == nil {
				err = layout.Verify(pair.Target, out, []layout.Edit{edit})
			}
			if err != nil || len(changes) != 1 || !bytes.Contains(changes[0].New, []byte("&lt;more&gt; &amp; more")) {
				t.Errorf("%s with a word more: %v, %d changes", name, err, len(changes))
				continue
			}
			edited++
			c := changes[0]
			if want := string(raw[:c.Old.Start]) + string(c.New) + string(raw[c.Old.End:]); string(out) != want {
				t.Errorf("%s changed elsewhere", name)
			}
		}
	}
	t.Logf("%d files read, %d edited", read, edited)
}

// TestDevXLIFFInvalid: every sample with a defect is refused naming its line.
func TestDevXLIFFInvalid(t *testing.T) {
	where := regexp.MustCompile(`^xlf[-a-z0-9.]+\.xlf:[0-9]+: .`)
	for name, raw := range devFiles(t, "invalid/*.xlf") {
		_, err := readDev(name, raw)
		if err == nil || !where.MatchString(err.Error()) {
			t.Errorf("%s: error %v, want a refusal with file, line and rule", name, err)
		}
	}
}

// TestDevOtherFormats reads the samples of the other formats, and each of their
// samples with a defect is refused naming file, line and rule.
func TestDevOtherFormats(t *testing.T) {
	read := func(name string, raw []byte) error {
		f, err := Recognise(name, raw)
		switch {
		case err != nil:
		case f.Bilingual():
			_, err = f.ReadPair(name, raw)
		case f.Remembers():
			_, err = f.ReadMemory(name, raw)
		case f.Defines():
			_, err = f.ReadGlossary(name, raw)
		default:
			_, err = f.Restore(name, raw)
		}
		return err
	}
	rules := map[string]string{
		"tmx-no-srclang.tmx": "srclang", "tmx-bad-date.tmx": "date", "tmx-bpt-without-ept.tmx": "no ept", "tbx-termsec-without-term.tbx": "one term", "tbx-bad-picklist.tbx": "picklist",
		"po-unterminated.po": "not terminated", "mqm-nine-columns.tsv": "9 columns", "mqm-unbalanced-v.tsv": "<v>",
	}
	valid, invalid := 0, 0
	for _, ext := range []string{"tmx", "tbx", "po", "tsv"} {
		for name, raw := range devFiles(t, "valid/*."+ext) {
			valid++
			if err := read(name, raw); err != nil {
				t.Errorf("%s is refused: %v", name, err)
			}
		}
		for name, raw := range devFiles(t, "invalid/*."+ext) {
			invalid++
			err := read(name, raw)
			if err == nil || !regexp.MustCompile(`^`+regexp.QuoteMeta(name)+`:[0-9]+: `).MatchString(err.Error()) || rules[name] == "" || !strings.Contains(err.Error(), rules[name]) {
				t.Errorf("%s: error %v, want a refusal that says %q", name, err, rules[name])
			}
		}
	}
	t.Logf("%d read, %d refused", valid, invalid)
}

// TestDevXLIFFOasisInvalid counts what is caught of OASIS's invalid core files.
// Those that are not break rules on re-ordering and removing codes, and on the
// module of format styles.
func TestDevXLIFFOasisInvalid(t *testing.T) {
	const floor = 110
	files := devFiles(t, "oasis-xliff-2.1-tests/core/invalid/*.xlf")
	caught := 0
	for name, raw := range files {
		if _, err := readDev(name, raw); err != nil {
			caught++
		}
	}
	t.Logf("%d of %d caught", caught, len(files))
	if caught < floor {
		t.Errorf("%d of %d invalid files are caught, want %d", caught, len(files), floor)
	}
}
