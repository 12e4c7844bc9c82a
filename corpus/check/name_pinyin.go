package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

// surnames holds the family names of most Chinese people, in pinyin. Those
// that are English words as well, or mostly something else, are left out.
var surnames = set(`wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin luo gao liang zheng xie tang deng feng xiao cheng yuan
dong pan yu su jiang cai ye jia lu wei xue yan fang shi liao xiong jin qiu meng qin hou bai zou zhong tan kong cui kang mao gu shao wan qian ruan
qiao yin nie jiao xiang ouyang sima zhuge shangguan peng zeng ding fu tian yao`)

// familyNames are the characters of common family names.
const familyNames = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高梁郑鄭谢謝宋唐邓鄧冯馮韩韓曹曾彭萧蕭肖蔡潘田董袁于余叶葉蒋蔣杜苏蘇魏程吕呂丁沈任姚卢盧傅钟鍾姜崔谭譚廖范汪陆陸金石戴贾賈韦韋夏邱丘方侯邹鄒熊孟秦白江阎閻闫薛尹段雷黎史龙龍陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯向常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂塗成苗谷盛曲翁冉骆駱蓝藍路游辛靳阳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬"

// ordinary are those of familyNames that begin common words as well.
const ordinary = "高时時成任方白马馬金石江安常向文明温溫经經连連强強古华華管包单單左计計平水易程何于段黄黃关關龙龍雷夏牛毛沙花路车車万萬汤湯康全盛党黨海和国國相初应應来來"

// titleBegins are characters that begin a title after a family name, where the
// translation may supply the given name.
const titleBegins = "总總主书書先女部市省局教某氏老院委司队隊医醫同处處科厅廳县縣镇鎮村乡鄉经經校站导導代副"

var namePinyin = &Check{
	ID: "name.pinyin", Target: intoEnglish, Source: fromChinese,
	Category: corpus.NameTitle, Severity: corpus.Minor, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Name that the source does not have", "人名与原文不符"},
		Catches: Words{"A person's name in pinyin that no characters of the source can be read as, where the source has one that is read partly so: a wrong character or a wrong reading.", "译文中的拼音姓名在原文中没有可读作此音的汉字，而原文有读音相近的姓名：可能认错字或读错音。"},
		Ignores: Words{"Names spelt as in Hong Kong, Taiwan and abroad, and names that the translation supplies for “he” or after a title. All readings of a character count.", "港台及海外的拼写，以及译文为“他”或职衔补出的姓名。多音字按所有读音比对。"},
		Wrong:   Pair{"陈光明的同事赵建国", "Cheng Guangming's colleague Zhao Jianguo"},
		Right:   Pair{"陈光明的同事赵建国", "Chen Guangming's colleague Zhao Jianguo"},
	},
	Messages: map[string]Words{
		"name.pinyin":      {"Nothing in the source is read “{0}”.", "原文没有读作“{0}”的字。"},
		"name.pinyin.near": {"{1} is read “{2}”; the text says “{0}”.", "“{1}”读作“{2}”，译文为“{0}”。"},
	},
	Run: runNamePinyin,
}

func runNamePinyin(c *Context) []corpus.Finding {
	words := c.T.wordList()
	var source []character
	var found []corpus.Finding
	for k := 0; k+1 < len(words); k++ {
		if !c.isName(words, k) {
			continue
		}
		spelt := possessed(c.T.Text[words[k].start:words[k+1].end])
		name := corpus.Span{Start: words[k].start, End: words[k].start + len(spelt)}
		k++
		if source == nil {
			source = charactersOf(c.S.Text)
		}
		family, given, _ := strings.Cut(spelt, " ")
		family, given = bareName(family), bareName(given)
		if pronounced(source, family+given) || pronounced(source, given+family) {
			continue
		}
		at, parts, right := nearest(source, family+given)
		if parts == nil {
			continue // a name supplied where the source has "he"
		}
		meant := source[at : at+len(parts)]
		f := c.inTarget(name, "name.pinyin", spelt)
		last := meant[len(meant)-1]
		from := corpus.Span{Start: meant[0].at, End: last.at + last.size}
		f.Source = []corpus.Span{from}
		if proper := spell(meant, parts); proper != "" && right == len(parts)-1 {
			f.Message, f.Args = "name.pinyin.near", []string{spelt, c.S.at(from), proper}
			f = c.withFix(f, name, proper)
		}
		found = append(found, f)
	}
	return found
}

// isName reports whether words[k] and the next one are a person's name in
// pinyin: the family name, then one or two syllables.
func (c *Context) isName(words []word, k int) bool {
	w, next := words[k], words[k+1]
	return w.upper && w.letters && next.upper && next.letters && c.T.Text[w.end:next.start] == " " &&
		c.isSurname(w) && c.isGiven(next) && !c.joins(words, k+1, k+2) && !c.joins(words, k, k-1)
}

func (c *Context) isSurname(w word) bool {
	_, ok := surnames[strings.ToLower(c.T.text(w))]
	return ok
}

// isGiven reports whether w may be a given name of one or two syllables. One
// with a hyphen is spelt as in Hong Kong or Taiwan.
func (c *Context) isGiven(w word) bool {
	text := possessed(c.T.text(w))
	return !strings.ContainsAny(text, "-–") && !isAllUpper(text) && spells(bareName(text), 2)
}

// joins reports whether words[k], beside words[from] of the name, is one
// syllable more of it, and so is spelt as names abroad are.
func (c *Context) joins(words []word, from, k int) bool {
	if k < 0 || k >= len(words) || !words[k].upper {
		return false
	}
	first, second := min(from, k), max(from, k)
	return c.T.Text[words[first].end:words[second].start] == " " && spells(bareName(c.T.text(words[k])), 1)
}

func isAllUpper(s string) bool { return len(s) > 1 && strings.ToUpper(s) == s }

// bareName returns the letters of a name, small and without apostrophes.
func bareName(s string) string {
	return strings.ToLower(strings.NewReplacer("'", "", "’", "", " ", "").Replace(s))
}

// possessed cuts the 's from a name.
func possessed(s string) string {
	return strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s")
}

// character is a Han character of the source with its readings. Anything else
// parts the characters with one that has none.
type character struct {
	r        rune
	at, size int
	readings string
}

func charactersOf(s string) []character {
	list := make([]character, 0, len(s)/3)
	for i, r := range s {
		if isHan(r) {
			list = append(list, character{r, i, utf8.RuneLen(r), readings(r)})
		} else if len(list) > 0 && list[len(list)-1].readings != "" {
			list = append(list, character{at: i})
		}
	}
	return list
}

// agree returns how many of the first characters are read as the syllables.
func agree(source []character, parts []string) int {
	n := 0
	for k, part := range parts {
		if source[k].readings == "" {
			return 0
		}
		if reads(source[k].readings, part) {
			n++
		}
	}
	return n
}

// pronounced reports whether consecutive characters can be read as the name.
func pronounced(source []character, name string) bool {
	return !splits(name, 4, func(parts []string) bool {
		for at := 0; at+len(parts) <= len(source); at++ {
			if agree(source[at:], parts) == len(parts) {
				return false
			}
		}
		return true
	})
}

// nearest returns the place of the characters that the name was probably meant
// for, its syllables, and how many of them are read rightly: a family name and
// what follows, not all of it read otherwise. Without any, it returns nil.
func nearest(source []character, name string) (at int, syllables []string, right int) {
	splits(name, 4, func(parts []string) bool {
		if len(parts) < 2 || len(parts) > 3 {
			return true
		}
		for i := 0; i+len(parts) <= len(source); i++ {
			if !strings.ContainsRune(familyNames, source[i].r) || strings.ContainsRune(titleBegins, source[i+1].r) {
				continue
			}
			k := agree(source[i:], parts)
			if k == 1 && strings.ContainsRune(ordinary, source[i].r) {
				continue // 高度, 时代: hardly a name
			}
			if k > right {
				at, syllables, right = i, slices.Clone(parts), k
			}
		}
		return true
	})
	return at, syllables, right
}

// manyReadings are characters whose reading in a name is anybody's guess.
const manyReadings = "单單解曾仇查盖蓋翟尉覃朴召宁寧任区區晟乐樂长長重行朝传傳参參大度"

// spell writes characters as a family name and a given name: the syllables
// that are right as they are, the others as the character is mostly read. It
// returns "" where that is not sure.
func spell(name []character, parts []string) string {
	var b strings.Builder
	for k, ch := range name {
		s := parts[k]
		if !reads(ch.readings, s) {
			s, _, _ = strings.Cut(strings.Trim(ch.readings, ","), ",")
			if s == "" || strings.Contains(s, "v") || strings.ContainsRune(manyReadings, ch.r) {
				return ""
			}
		}
		switch {
		case k < 2:
			if k == 1 {
				b.WriteByte(' ')
			}
			s = strings.ToUpper(s[:1]) + s[1:]
		case strings.ContainsRune("aeo", rune(s[0])):
			b.WriteByte('\'')
		}
		b.WriteString(s)
	}
	return b.String()
}
