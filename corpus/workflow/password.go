package workflow

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/reviseur/reviseur/corpus"
)

// The bounds of a password in characters. None is cut off: a longer one is
// refused.
const (
	shortestPassword = 12
	longestPassword  = 256
)

// What is wrong with a password that somebody chose; all are of kind Invalid.
var (
	ErrPasswordShort  = corpus.Errorf(corpus.Invalid, "a password has at least %d characters", shortestPassword)
	ErrPasswordLong   = corpus.Errorf(corpus.Invalid, "a password has at most %d characters", longestPassword)
	ErrPasswordCommon = corpus.Errorf(corpus.Invalid, "this password is one of the first that others would try")
)

// Costs are what one hash of a password costs. A hash says its own, so raising
// them touches nobody: each hash is made anew when its owner next signs in.
type Costs struct {
	Memory uint32 // KiB
	Passes uint32
	Lanes  uint8
}

// today are the costs of new hashes: the second choice of RFC 9106, section 4,
// for places with little memory.
var today = Costs{Memory: 64 << 10, Passes: 3, Lanes: 4}

// The sizes of salt and hash in bytes, as RFC 9106 recommends.
const (
	saltSize = 16
	hashSize = 32
)

// passwords makes and compares hashes by argon2id (RFC 9106). Only as many as
// there are cores are made at once, so that a crowd at the door cannot use up
// the memory.
type passwords struct {
	costs Costs
	slots chan struct{}
}

func newPasswords(c Costs) *passwords {
	if c == (Costs{}) {
		c = today
	}
	return &passwords{costs: c, slots: make(chan struct{}, runtime.NumCPU())}
}

// key derives the hash of a password in its compatibility form (Unicode NFKC),
// so that the input method does not matter.
func (p *passwords) key(ctx context.Context, password string, salt []byte, c Costs) ([]byte, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, c.Passes, c.Memory, c.Lanes, hashSize), nil
}

// hash returns the password's hash in the PHC string format.
func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails, crypto/rand says
	key, err := p.key(ctx, password, salt, p.costs)
	if err != nil {
		return "", err
	}
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.costs.Memory, p.costs.Passes, p.costs.Lanes,
		enc.EncodeToString(salt), enc.EncodeToString(key)), nil
}

// matches reports whether the password has the hash, and whether the hash
// should be made anew with today's costs. Without a hash it takes as long and
// says no, so that the time does not tell who has an account.
func (p *passwords) matches(ctx context.Context, password, hash string) (ok, outdated bool, err error) {
	costs, salt, want, err := parseHash(hash)
	if hash == "" || err != nil {
		costs, salt = p.costs, make([]byte, saltSize)
	}
	if err != nil && hash != "" {
		return false, false, err
	}
	if utf8.RuneCountInString(password) > longestPassword {
		password = "" // nobody has it
	}
	got, err := p.key(ctx, password, salt, costs)
	if err != nil {
		return false, false, err
	}
	return len(want) > 0 && subtle.ConstantTimeCompare(got, want) == 1, costs != p.costs, nil
}

// parseHash reads a hash that we made.
func parseHash(hash string) (c Costs, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, corpus.Errorf(corpus.Internal, "the stored password is of no known form")
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Passes, &c.Lanes); err != nil {
		return c, nil, nil, err
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return c, nil, nil, err
	}
	key, err = base64.RawStdEncoding.DecodeString(parts[5])
	return c, salt, key, err
}

// commonText lists long passwords that many people choose, one a line, in lower
// case; the shorter ones are refused for their length.
//
//go:embed common.txt
var commonText string

var common = sync.OnceValue(func() map[string]bool {
	list := map[string]bool{}
	for line := range strings.Lines(commonText) {
		list[strings.TrimSpace(line)] = true
	}
	return list
})

// checkPassword reports what is wrong with a password that the user chose.
func checkPassword(u corpus.User, password string) error {
	password = norm.NFKC.String(password)
	switch n := utf8.RuneCountInString(password); {
	case n < shortestPassword:
		return ErrPasswordShort
	case n > longestPassword:
		return ErrPasswordLong
	}
	folded := strings.ToLower(password)
	different := map[rune]bool{}
	for _, r := range folded {
		different[r] = true
	}
	// What is left of a name repeated, or with a year behind it, is short.
	rest := strings.ReplaceAll(folded, strings.ToLower(u.Name), "")
	if len(different) < 5 || common()[folded] || common()[strings.TrimRight(folded, "0123456789!.?")] || utf8.RuneCountInString(rest) < shortestPassword/2 {
		return ErrPasswordCommon
	}
	return nil
}
