package quantity

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Value is an exact rational number: num/den × 10^exp. It is kept in one
// canonical form (den holds no factor 2 or 5, num/den is in lowest terms, num
// does not end in a zero), so that two values are the same number exactly when
// they are ==. The zero Value is no number at all; see Valid.
type Value struct {
	num, den int64
	exp      int
}

// maxExp bounds the exponent: texts about this world need no larger numbers,
// and the bound keeps every loop short.
const maxExp = 60

// Decimal returns num × 10^exp, or the invalid Value if that is out of range.
func Decimal(num int64, exp int) Value { return canonical(num, 1, exp) }

// Ratio returns num/den, or the invalid Value if den is not positive.
func Ratio(num, den int64) Value { return canonical(num, den, 0) }

func canonical(num, den int64, exp int) Value {
	if den <= 0 || num == math.MinInt64 {
		return Value{}
	}
	if num == 0 {
		return Value{0, 1, 0}
	}
	if g := gcd(num, den); g > 1 {
		num, den = num/g, den/g
	}
	for den%2 == 0 || den%5 == 0 { // a/2 = 5a/10, a/5 = 2a/10
		by := int64(5)
		if den%5 == 0 {
			by = 2
		}
		var ok bool
		if num, ok = mul(num, by); !ok {
			return Value{}
		}
		den, exp = den/(10/by), exp-1
	}
	for num%10 == 0 {
		num, exp = num/10, exp+1
	}
	if exp > maxExp || exp < -maxExp {
		return Value{}
	}
	return Value{num, den, exp}
}

func gcd(a, b int64) int64 {
	if a < 0 {
		a = -a
	}
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func mul(a, b int64) (int64, bool) {
	neg := (a < 0) != (b < 0)
	hi, lo := bits.Mul64(abs(a), abs(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if neg {
		return -int64(lo), true
	}
	return int64(lo), true
}

func abs(a int64) uint64 {
	if a < 0 {
		return uint64(-a)
	}
	return uint64(a)
}

// Valid reports whether v is a number. Arithmetic that leaves the range of
// Value yields an invalid one, and so does arithmetic with an invalid one.
func (v Value) Valid() bool { return v.den != 0 }

// Mul returns v × w.
func (v Value) Mul(w Value) Value {
	if !v.Valid() || !w.Valid() {
		return Value{}
	}
	num, ok1 := mul(v.num, w.num)
	den, ok2 := mul(v.den, w.den)
	if !ok1 || !ok2 {
		return Value{}
	}
	return canonical(num, den, v.exp+w.exp)
}

// Shift returns v × 10^k.
func (v Value) Shift(k int) Value {
	if !v.Valid() {
		return v
	}
	return canonical(v.num, v.den, v.exp+k)
}

// Add returns v + w.
func (v Value) Add(w Value) Value {
	if !v.Valid() || !w.Valid() {
		return Value{}
	}
	if v.exp < w.exp {
		v, w = w, v
	}
	if v.num == 0 {
		return w
	}
	num := v.num
	for e := v.exp; e > w.exp; e-- {
		var ok bool
		if num, ok = mul(num, 10); !ok {
			return Value{}
		}
	}
	a, ok1 := mul(num, w.den)
	b, ok2 := mul(w.num, v.den)
	den, ok3 := mul(v.den, w.den)
	sum := a + b
	if !ok1 || !ok2 || !ok3 || (a > 0) == (b > 0) && (sum > 0) != (a > 0) {
		return Value{}
	}
	return canonical(sum, den, w.exp)
}

// Power10 returns k where v = w × 10^k, if there is such a k.
func (v Value) Power10(w Value) (k int, ok bool) {
	if !v.Valid() || v.num == 0 || v.num != w.num || v.den != w.den {
		return 0, false
	}
	return v.exp - w.exp, true
}

// Float64 returns the nearest float, for ratios and sorting. Equality is ==.
func (v Value) Float64() float64 {
	if !v.Valid() {
		return math.NaN()
	}
	return float64(v.num) / float64(v.den) * math.Pow10(v.exp)
}

// Int returns v as an integer, if it is one that fits.
func (v Value) Int() (int64, bool) {
	if !v.Valid() || v.den != 1 || v.exp < 0 || v.exp > 18 {
		return 0, false
	}
	n := v.num
	for range v.exp {
		var ok bool
		if n, ok = mul(n, 10); !ok {
			return 0, false
		}
	}
	return n, true
}

// significant returns how many significant digits writing v takes at least, or
// 0 where v is no finite decimal.
func (v Value) significant() int {
	if v.den != 1 {
		return 0
	}
	return len(strconv.FormatUint(abs(v.num), 10))
}

// roundsTo reports whether w is what v becomes when it is rounded, or cut, to
// as many significant digits as w shows. One digit is too little evidence.
func (v Value) roundsTo(w Value) bool {
	digits := w.significant()
	if !v.Valid() || v.den != 1 || digits < 2 || digits >= v.significant() {
		return false
	}
	drop := v.significant() - digits
	p := int64(math.Pow10(drop))
	cut := v.num / p
	up := cut + 1
	exp := v.exp + drop
	return Decimal(cut, exp) == w || (v.num%p)*2 >= p && Decimal(up, exp) == w
}

// String returns v as a plain decimal such as "0.5" or "33684000", a fraction
// such as "1/3", or "NaN".
func (v Value) String() string {
	if !v.Valid() {
		return "NaN"
	}
	if v.den != 1 {
		n := Value{v.num, 1, max(v.exp, 0)}
		d := Value{v.den, 1, max(-v.exp, 0)}
		return n.String() + "/" + d.String()
	}
	digits := strconv.FormatUint(abs(v.num), 10)
	sign := ""
	if v.num < 0 {
		sign = "-"
	}
	if v.exp >= 0 {
		return sign + digits + strings.Repeat("0", v.exp)
	}
	if point := len(digits) + v.exp; point > 0 {
		return sign + digits[:point] + "." + digits[point:]
	}
	return sign + "0." + strings.Repeat("0", -v.exp-len(digits)) + digits
}
