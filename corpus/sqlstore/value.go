package sqlstore

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/text/language"
)

// scanner is a row under the cursor.
type scanner interface{ Scan(dest ...any) error }

// millis is how a time is stored: UTC milliseconds since 1970, 0 for the zero
// time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// stamp scans a time that millis made.
type stamp struct{ t *time.Time }

func (s stamp) Scan(v any) error {
	ms, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a time is an integer, not %T", v)
	}
	*s.t = time.Time{}
	if ms != 0 {
		*s.t = time.UnixMilli(ms).UTC()
	}
	return nil
}

// object stores and scans a value as JSON; v is a pointer where it is scanned.
type object struct{ v any }

func (o object) Value() (driver.Value, error) {
	b, err := json.Marshal(o.v)
	return string(b), err
}

func (o object) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("JSON is text, not %T", v)
	}
	return json.Unmarshal([]byte(text), o.v)
}

// array is an object for a list: the empty one is short, and nil when scanned.
type array[T any] struct{ list *[]T }

func arrayOf[T any](list []T) array[T] { return array[T]{&list} }

func (a array[T]) Value() (driver.Value, error) {
	if len(*a.list) == 0 {
		return "", nil
	}
	return object{*a.list}.Value()
}

func (a array[T]) Scan(v any) error {
	*a.list = nil
	if v == "" {
		return nil
	}
	return object{a.list}.Scan(v)
}

// tag scans a language.
type tag struct{ t *language.Tag }

func (t tag) Scan(v any) (err error) {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("a language is text, not %T", v)
	}
	*t.t, err = language.Parse(text)
	return err
}

func scanText(row scanner) (text string, err error) {
	err = row.Scan(&text)
	return text, err
}
