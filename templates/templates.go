// Package templates holds what the pages are made of: HTML views, style, script
// and the messages of both interface languages, embedded, with the functions
// the views call. It knows no type of the domain: a page is a struct of the
// server's, and what it shows is in the struct.
//
//	set, err := templates.Parse(templates.Files)
//	err = set.Execute(w, "project.html", language.English, page)
//
// Every view is executed inside layout.html and may use the partials, the views
// whose names begin with an underscore. Views contain no script and no style:
// the content-security policy forbids both.
package templates

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/text/language"
)

//go:embed all:views static messages refusals
var embedded embed.FS

// Files are the embedded files; a development server reads the same tree from
// the disk instead.
var Files fs.FS = embedded

// Languages are the languages of the interface, the default first.
func Languages() []language.Tag { return []language.Tag{language.English, language.SimplifiedChinese} }

// Set is all views, parsed once for each language of the interface.
type Set struct {
	views    map[string]map[language.Tag]*template.Template
	messages *Messages
	assets   map[string]Asset // by name
	version  string           // hash of all assets; it stands in their path, so that browsers may keep them for ever
}

// Asset is a static file.
type Asset struct {
	Name string // "app.css"
	Data []byte
}

// Parse reads and parses the files.
func Parse(files fs.FS) (*Set, error) {
	s := &Set{views: map[string]map[language.Tag]*template.Template{}, assets: map[string]Asset{}}
	var err error
	if s.messages, err = ReadMessages(files); err != nil {
		return nil, err
	}
	if err := s.readAssets(files); err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "views/*.html")
	if err != nil {
		return nil, err
	}
	var shared []string
	for _, name := range names {
		if base := path.Base(name); base == "layout.html" || strings.HasPrefix(base, "_") {
			shared = append(shared, name)
		}
	}
	for _, name := range names {
		base := path.Base(name)
		if base == "layout.html" || strings.HasPrefix(base, "_") {
			continue
		}
		s.views[base] = map[language.Tag]*template.Template{}
		for _, lang := range Languages() {
			t, err := template.New("layout.html").Funcs(s.functions(lang)).Option("missingkey=error").ParseFS(files, append(shared[:len(shared):len(shared)], name)...)
			if err != nil {
				return nil, fmt.Errorf("parse view %s: %w", base, err)
			}
			s.views[base][lang] = t
		}
	}
	return s, nil
}

// Execute writes a view with its layout.
func (s *Set) Execute(w io.Writer, view string, lang language.Tag, page any) error {
	t, err := s.Template(view, lang)
	if err != nil {
		return err
	}
	return t.ExecuteTemplate(w, "layout.html", page)
}

// Fragment writes one partial, for a part of a page that script replaces.
func (s *Set) Fragment(w io.Writer, view, partial string, lang language.Tag, data any) error {
	t, err := s.Template(view, lang)
	if err != nil {
		return err
	}
	return t.ExecuteTemplate(w, partial, data)
}

// Template returns the parsed view in a language of the interface; tests check
// its types.
func (s *Set) Template(view string, lang language.Tag) (*template.Template, error) {
	t, ok := s.views[view][lang]
	if !ok {
		return nil, fmt.Errorf("no view %s in %s", view, lang)
	}
	return t, nil
}

// Views returns the names of all views; tests go over them.
func (s *Set) Views() []string {
	var names []string
	for name := range s.views {
		names = append(names, name)
	}
	return names
}

// Message returns a message in a language of the interface.
func (s *Set) Message(lang language.Tag, key string, args ...any) string {
	return s.messages.Format(lang, key, args...)
}

// Refusal says a refusal, whose sentence in the code is the format, in a language
// of the interface; it is false where there is no such sentence in it.
func (s *Set) Refusal(lang language.Tag, format string, args ...any) (string, bool) {
	if !s.messages.refusals[lang][format] {
		return "", false
	}
	return s.messages.Format(lang, format, args...), true
}

// Has reports whether there is a message with the key.
func (s *Set) Has(lang language.Tag, key string) bool {
	_, ok := s.messages.Keys(lang)[key]
	return ok
}

// Asset returns the static file that is served under a path below /static/:
// the version of all files, a slash, the name. Modules import each other by
// relative names, so one version covers all.
func (s *Set) Asset(servedPath string) (Asset, bool) {
	name, ok := strings.CutPrefix(servedPath, s.version+"/")
	a, found := s.assets[name]
	return a, ok && found
}

func (s *Set) readAssets(files fs.FS) error {
	all := sha256.New()
	err := fs.WalkDir(files, "static", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		base := strings.TrimPrefix(name, "static/")
		fmt.Fprintf(all, "%s %d ", base, len(data))
		all.Write(data)
		s.assets[base] = Asset{Name: base, Data: data}
		return nil
	})
	s.version = hex.EncodeToString(all.Sum(nil)[:6])
	return err
}
