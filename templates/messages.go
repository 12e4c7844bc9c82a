package templates

import (
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

// Messages are the sentences of the interface in its languages.
//
// The files messages/LANG/*.txt have one message a line, "key = text", with the
// verbs of package fmt; a file holds the messages of one page. A message whose first argument is a number may have a second
// line "key.one = text" for one. Lines that begin with # are comments.
//
// The files refusals/LANG.txt say in the other languages what the code refuses in
// English, with the sentence of the code as key.
type Messages struct {
	printers map[language.Tag]*message.Printer
	keys     map[language.Tag]map[string]string
	refusals map[language.Tag]map[string]bool // the sentences in the code that are there
}

// ReadMessages reads the message files of all languages.
func ReadMessages(files fs.FS) (*Messages, error) {
	b := catalog.NewBuilder(catalog.Fallback(Languages()[0]))
	m := &Messages{printers: map[language.Tag]*message.Printer{}, keys: map[language.Tag]map[string]string{}, refusals: map[language.Tag]map[string]bool{}}
	for _, lang := range Languages() {
		texts, err := readLanguage(files, "messages/%s/*.txt", lang)
		if err != nil {
			return nil, err
		}
		refusals, err := readLanguage(files, "refusals/%s.txt", lang)
		if err != nil {
			return nil, err
		}
		m.refusals[lang] = map[string]bool{}
		for format, text := range refusals {
			if err := b.SetString(lang, format, text); err != nil {
				return nil, fmt.Errorf("refusal %q in %s: %w", format, lang, err)
			}
			m.refusals[lang][format] = true
		}
		m.keys[lang] = texts
		for key, text := range texts {
			if strings.HasSuffix(key, ".one") {
				continue
			}
			if one, ok := texts[key+".one"]; ok {
				err = b.Set(lang, key, plural.Selectf(1, "%d", "=1", one, "other", text))
			} else {
				err = b.SetString(lang, key, text)
			}
			if err != nil {
				return nil, fmt.Errorf("message %s in %s: %w", key, lang, err)
			}
		}
		m.printers[lang] = message.NewPrinter(lang, message.Catalog(b))
	}
	return m, nil
}

// readLanguage reads all files of a language that the pattern names.
func readLanguage(files fs.FS, pattern string, lang language.Tag) (map[string]string, error) {
	base, _ := lang.Base()
	names, err := fs.Glob(files, fmt.Sprintf(pattern, base))
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if err := parseMessages(name, string(data), texts); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

func parseMessages(name, data string, texts map[string]string) error {
	n := 0
	for line := range strings.Lines(data) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, text, ok := strings.Cut(line, " = ")
		if !ok {
			return fmt.Errorf("%s:%d: a message is key = text", name, n)
		}
		if _, twice := texts[key]; twice {
			return fmt.Errorf("%s:%d: %s is there twice", name, n, key)
		}
		texts[key] = text
	}
	return nil
}

// Format returns a message with its arguments put in. A key that is in no file
// is shown as it is, so that it is seen.
func (m *Messages) Format(lang language.Tag, key string, args ...any) string {
	p, ok := m.printers[lang]
	if !ok {
		p = m.printers[Languages()[0]]
	}
	return p.Sprintf(key, args...)
}

// Keys returns the messages of a language as they are written; tests compare
// the languages by it.
func (m *Messages) Keys(lang language.Tag) map[string]string { return m.keys[lang] }
