"""Canonical names, by cases from cities all over China. Names of persons, firms and schools are invented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.canonical import article_place, canonical, find_aliases, fold, place_before
from kg.canonical.abbreviation import abbreviates
from kg.canonical.numbered import chinese_number, expand
from kg.model import Kind
from kg.places import Division, gazetteer

KINDS = {"A": Kind.AGENCY, "O": Kind.ORGANIZATION, "C": Kind.COMPANY, "P": Kind.PLACE, "H": Kind.PERSON}

# surface | kind | place of the article, or - | place of the paper | canonical name
CASES = """
# prefecture-level cities
市委|A|-|石家庄市|中共石家庄市委
市委宣传部|A|-|保定市|中共保定市委宣传部
市委政法委|A|-|大同市|中共大同市委政法委员会
市政府|A|-|包头市|包头市人民政府
市人大常委会|A|-|鞍山市|鞍山市人民代表大会常务委员会
市政协|A|-|四平市|中国人民政治协商会议四平市委员会
市纪委监委|A|-|鸡西市|鸡西市纪委监委
市纪委|A|-|鸡西市|中共鸡西市纪律检查委员会
市监委|A|-|鸡西市|鸡西市监察委员会
市住建局|A|-|无锡市|无锡市住房和城乡建设局
市市场监管局|A|-|湖州市|湖州市市场监督管理局
市市监局|A|-|湖州市|湖州市市场监督管理局
市人社局|A|-|安庆市|安庆市人力资源和社会保障局
市发改委|A|-|莆田市|莆田市发展和改革委员会
市卫健委|A|-|新余市|新余市卫生健康委员会
市国资委|A|-|枣庄市|枣庄市人民政府国有资产监督管理委员会
市自规局|A|-|威海市|威海市自然资源和规划局
市城管执法局|A|-|安阳市|安阳市城市管理和综合执法局
市中院|A|-|鄂州市|鄂州市中级人民法院
市法院|A|-|鄂州市|鄂州市中级人民法院
市检察院|A|-|汕尾市|汕尾市人民检察院
市检察院第三检察部|A|-|汕尾市|汕尾市人民检察院第三检察部
市公安局交警支队|A|-|梧州市|梧州市公安局交通警察支队
市交警支队|A|-|梧州市|梧州市公安局交通警察支队
市消防救援支队|A|-|三亚市|三亚市消防救援支队
市税务局|A|-|自贡市|国家税务总局自贡市税务局
市烟草局|A|-|安顺市|安顺市烟草专卖局
市公积金中心|A|-|昭通市|昭通市住房公积金管理中心
市安委办|A|-|铜川市|铜川市安全生产委员会办公室
市文明办|A|-|嘉峪关市|嘉峪关市精神文明建设指导委员会办公室
市总工会|A|-|石嘴山市|石嘴山市总工会
团市委|A|-|克拉玛依市|共青团克拉玛依市委员会
市妇联|A|-|克拉玛依市|克拉玛依市妇女联合会
市工商联|A|-|海东市|海东市工商业联合会
市残联|A|-|海东市|海东市残疾人联合会
市供销社|A|-|林芝市|林芝市供销合作社
市委编办|A|-|林芝市|中共林芝市委机构编制委员会办公室
市委党校|A|-|林芝市|中共林芝市委党校
市军分区|A|-|朔州市|朔州军分区
市住建局物业科|A|-|朔州市|朔州市住房和城乡建设局物业科
市“护河”指挥部|A|-|朔州市|朔州市“护河”指挥部
市委第二巡察组|A|-|朔州市|中共朔州市委第二巡察组
市政府金融办|A|-|朔州市|朔州市人民政府金融工作办公室
市长信箱办理中心|A|-|朔州市|朔州市市长信箱办理中心
朔州市委|A|-|朔州市|中共朔州市委
中共朔州市委员会|A|-|朔州市|中共朔州市委
朔州市第八届人民代表大会常务委员会|A|-|朔州市|朔州市人民代表大会常务委员会
人社局|A|-|朔州市|朔州市人力资源和社会保障局
宣传部|A|-|朔州市|中共朔州市委宣传部
# bureaus before the reforms
市国土局|A|-|德阳市|德阳市国土资源局
市工商局|A|-|德阳市|德阳市工商行政管理局
市质监局|A|-|德阳市|德阳市质量技术监督局
市卫计委|A|-|德阳市|德阳市卫生和计划生育委员会
市安监局|A|-|德阳市|德阳市安全生产监督管理局
市环保局|A|-|德阳市|德阳市环境保护局
# districts
区市场监管局|A|杏花岭区|太原市|杏花岭区市场监督管理局
区政府|A|杏花岭区|太原市|杏花岭区人民政府
区委|A|杏花岭区|太原市|中共杏花岭区委
区委组织部|A|杏花岭区|太原市|中共杏花岭区委组织部
杏花岭区区委|A|杏花岭区|太原市|中共杏花岭区委
消防救援大队|A|杏花岭区|太原市|杏花岭区消防救援大队
市教育局|A|杏花岭区|太原市|太原市教育局
杏花岭公安分局|A|杏花岭区|太原市|太原市公安局杏花岭分局
杏花岭区公安分局|A|杏花岭区|太原市|太原市公安局杏花岭分局
区公安分局|A|杏花岭区|太原市|太原市公安局杏花岭分局
杏花岭公安|A|-|太原市|太原市公安局杏花岭分局
市公安局杏花岭分局|A|-|太原市|太原市公安局杏花岭分局
杏花岭交警大队|A|-|太原市|太原市公安局交通警察支队杏花岭大队
市生态环境局杏花岭分局|A|-|太原市|太原市生态环境局杏花岭分局
太原市杏花岭区人民法院|A|-|太原市|太原市杏花岭区人民法院
区法院|A|杏花岭区|太原市|杏花岭区人民法院
高新公安分局|A|-|太原市|太原市公安局高新分局
市中区政府|A|市中区|枣庄市|市中区人民政府
# counties, county-level cities
县委|A|怀远县|蚌埠市|中共怀远县委
县委办|A|怀远县|蚌埠市|中共怀远县委办公室
县政府|A|怀远县|蚌埠市|怀远县人民政府
县发改局|A|怀远县|蚌埠市|怀远县发展和改革局
县工信科技局|A|怀远县|蚌埠市|怀远县工业信息化和科学技术局
县公安局|A|怀远县|蚌埠市|怀远县公安局
怀远公安|A|-|蚌埠市|怀远县公安局
怀远警方|A|-|蚌埠市|怀远县公安局
县交警大队|A|怀远县|蚌埠市|怀远县公安局交通警察大队
怀远法院|A|-|蚌埠市|怀远县人民法院
县人武部|A|怀远县|蚌埠市|怀远县人民武装部
县融媒体中心|O|怀远县|蚌埠市|怀远县融媒体中心
市委|A|-|瑞安市|中共瑞安市委
市法院|A|-|瑞安市|瑞安市人民法院
市公安局交警大队|A|-|瑞安市|瑞安市公安局交通警察大队
市委|A|瑞安市|温州市|中共瑞安市委
瑞安市委|A|瑞安市|温州市|中共瑞安市委
省住建厅|A|瑞安市|温州市|浙江省住房和城乡建设厅
# autonomous prefectures, counties, banners, leagues, regions
州委|A|-|恩施土家族苗族自治州|中共恩施土家族苗族自治州委
州委宣传部|A|-|凉山彝族自治州|中共凉山彝族自治州委宣传部
州政府|A|-|延边朝鲜族自治州|延边朝鲜族自治州人民政府
延边州政府|A|-|延边朝鲜族自治州|延边朝鲜族自治州人民政府
甘孜州公安局|A|-|甘孜藏族自治州|甘孜藏族自治州公安局
县政府|A|芷江侗族自治县|怀化市|芷江侗族自治县人民政府
芷江县委|A|-|怀化市|中共芷江侗族自治县委
旗委|A|准格尔旗|鄂尔多斯市|中共准格尔旗委
旗农牧局|A|准格尔旗|鄂尔多斯市|准格尔旗农牧局
盟委|A|-|锡林郭勒盟|中共锡林郭勒盟委
行署|A|-|阿里地区|阿里地区行政公署
地委|A|-|阿里地区|中共阿里地区委员会
自治区党委|A|-|南宁市|中共广西壮族自治区委员会
自治区党委宣传部|A|-|南宁市|中共广西壮族自治区委员会宣传部
自治区教育厅|A|-|银川市|宁夏回族自治区教育厅
# municipalities
市委|A|-|重庆市|中共重庆市委
市高院|A|-|重庆市|重庆市高级人民法院
市教委|A|-|北京市|北京市教育委员会
市规自委|A|-|北京市|北京市规划和自然资源委员会
区委|A|嘉定区|上海市|中共嘉定区委
区教育局|A|嘉定区|上海市|嘉定区教育局
区教委|A|大兴区|北京市|大兴区教育委员会
大兴公安分局|A|-|北京市|北京市公安局大兴分局
县政府|A|云阳县|重庆市|云阳县人民政府
市公安局|A|云阳县|重庆市|重庆市公安局
# provinces and their papers
省委|A|-|湖北省|中共湖北省委
省政府|A|-|湖北省|湖北省人民政府
省发改委|A|-|长春市|吉林省发展和改革委员会
省高院|A|-|长春市|吉林省高级人民法院
省工信厅|A|-|长春市|吉林省工业和信息化厅
安徽省政府办公厅|A|-|亳州市|安徽省人民政府办公厅
# towns
镇政府|A|瞻榆镇|白城市|瞻榆镇人民政府
镇党委|A|瞻榆镇|白城市|中共瞻榆镇委员会
瞻榆镇党委|A|-|白城市|中共瞻榆镇委员会
明仁街道党工委|A|-|通辽市|中共明仁街道工作委员会
明仁街道办|A|-|通辽市|明仁街道办事处
# the nation
教育部|A|-|白城市|中华人民共和国教育部
住建部|A|-|白城市|中华人民共和国住房和城乡建设部
国家发改委|A|-|白城市|国家发展和改革委员会
中组部|A|-|白城市|中共中央组织部
最高检|A|-|白城市|中华人民共和国最高人民检察院
全国政协|A|-|白城市|中国人民政治协商会议全国委员会
# zones
白城经开区管委会|A|-|白城市|白城经济开发区管理委员会
高新区管委会|A|-|衡水市|衡水高新技术产业开发区管理委员会
衡水高新区|P|-|衡水市|衡水高新技术产业开发区
合肥经开区|P|-|合肥市|合肥经济技术开发区
# schools, hospitals, associations
市二中|O|-|锦州市|锦州市第二中学
锦州二中|O|-|锦州市|锦州市第二中学
市十二中|O|-|锦州市|锦州市第十二中学
市一小|O|-|丹江口市|丹江口市第一小学
市一医院|O|-|锦州市|锦州市第一人民医院
市第三医院|O|-|锦州市|锦州市第三医院
县一中|O|怀远县|蚌埠市|怀远县第一中学
怀远三中|O|-|蚌埠市|怀远县第三中学
市二中东校区|O|-|锦州市|锦州市第二中学东校区
市人民医院|O|-|锦州市|锦州市人民医院
市妇幼保健院|O|-|锦州市|锦州市妇幼保健院
市疾控中心|O|-|锦州市|锦州市疾病预防控制中心
市物业管理协会|O|-|锦州市|锦州市物业管理协会
民建市委会|O|-|锦州市|中国民主建国会锦州市委员会
民革锦州市委会|O|-|锦州市|中国国民党革命委员会锦州市委员会
吉林农大|O|-|白城市|吉林农业大学
辽宁工大|O|-|锦州市|辽宁工业大学
辽宁工业大学|O|-|锦州市|辽宁工业大学
大连医科大学附属医院|O|-|大连市|大连医科大学附属医院
柳条村村委会|O|-|锦州市|柳条村村民委员会
锦州博物馆|O|-|锦州市|锦州博物馆
# companies
农行锦州分行|C|-|锦州市|中国农业银行锦州分行
邮储银行义县支行|C|-|锦州市|中国邮政储蓄银行义县支行
国网锦州供电公司|C|-|锦州市|国网锦州供电公司
# places
湖南|P|-|锦州市|湖南省
内蒙古|P|-|锦州市|内蒙古自治区
吉林|P|-|锦州市|吉林省
恩施|P|-|锦州市|恩施土家族苗族自治州
锦州|P|-|锦州市|锦州市
我市|P|-|锦州市|锦州市
我省|P|-|锦州市|辽宁省
我县|P|义县|锦州市|义县
我区|P|古塔区|锦州市|古塔区
朝阳区|P|-|北京市|朝阳区
朝阳|P|-|锦州市|朝阳市
朝阳|P|-|北京市|朝阳区
芷江|P|-|锦州市|芷江侗族自治县
湘|P|-|锦州市|湖南省
县会议中心|P|义县|锦州市|义县会议中心
市民广场|P|-|锦州市|市民广场
西湖|P|-|锦州市|西湖
鼓楼|P|-|开封市|鼓楼
南京路|P|-|锦州市|南京路
杏花岭区|P|-|太原市|杏花岭区
否花岭区|P|-|太原市|杏花岭区
杏花玲区|P|-|太原市|杏花岭区
高薪区|P|-|太原市|高薪区
# characters
市 住 建 局|A|-|朔州市|朔州市住房和城乡建设局
市人大
常委会|A|-|朔州市|朔州市人民代表大会常务委员会
楚 一 丹|H|-|朔州市|楚一丹
""".replace("市人大\n常委会", "市人大\\n常委会")


def _cases() -> list[tuple[str, Kind, str, str, str]]:
    rows = [line.split("|") for line in CASES.strip().splitlines() if line and not line.startswith("#")]
    return [(s.replace("\\n", "\n"), KINDS[k], place, paper, name) for s, k, place, paper, name in rows]


def test_there_are_enough_cases() -> None:
    assert len(_cases()) == 187


def _division(name: str, near: Division | None = None) -> Division | None:
    if name == "-":
        return None
    found = gazetteer().resolve(name, near=near)
    assert found is not None and found.name == name
    return found


@pytest.mark.parametrize(("surface", "kind", "place", "paper", "name"), _cases())
def test_canonical(surface: str, kind: Kind, place: str, paper: str, name: str) -> None:
    home = _division(paper)
    answer = canonical(surface, kind, place=_division(place, home), paper_place=home)
    assert answer.name == name
    assert 0 < answer.confidence <= 1
    assert (answer.reason != "") or answer.name == fold(surface)


def _name(surface: str, kind: Kind, paper: str, **more: object) -> str:
    return canonical(surface, kind, paper_place=_division(paper), **more).name  # type: ignore[arg-type]


def test_names_of_the_same_article_explain_clipped_ones() -> None:
    known = ["锦州云岭刀具股份有限公司", "锦州市文化旅游投资集团有限公司", "锦州市果农合作组织联合会"]
    assert _name("锦云公司", Kind.COMPANY, "锦州市", known=known) == "锦州云岭刀具股份有限公司"
    assert _name("云岭刀具", Kind.COMPANY, "锦州市", known=known) == "锦州云岭刀具股份有限公司"
    assert _name("市文投集团", Kind.COMPANY, "锦州市", known=known) == "锦州市文化旅游投资集团有限公司"
    assert _name("锦州文投集团", Kind.COMPANY, "锦州市", known=known) == "锦州市文化旅游投资集团有限公司"
    assert _name("市果农会", Kind.ORGANIZATION, "锦州市", known=known) == "锦州市果农合作组织联合会"
    assert _name("市文投集团", Kind.COMPANY, "锦州市") == "锦州市文投集团"
    # complete names, other cities' names and units are not clipped ones
    assert _name("云岭刀具有限公司", Kind.COMPANY, "锦州市", known=known) == "云岭刀具有限公司"
    assert _name("义县文投集团", Kind.COMPANY, "锦州市", known=known) == "义县文投集团"
    assert _name("辽宁工业大学", Kind.ORGANIZATION, "锦州市", known=["辽宁工业大学图书馆"]) == "辽宁工业大学"


def test_two_candidates_explain_nothing() -> None:
    known = ["云岭刀具有限公司", "云岭刀片有限公司"]
    assert _name("云岭公司", Kind.COMPANY, "锦州市", known=known) == "云岭公司"


def test_an_organ_without_place_is_the_one_named_before() -> None:
    named = ["古塔区消防救援大队"]
    assert _name("消防救援大队", Kind.AGENCY, "锦州市", known=named) == "古塔区消防救援大队"
    assert _name("“护河”指挥部", Kind.AGENCY, "锦州市", known=["市“护河”指挥部"]) == "锦州市“护河”指挥部"


def test_a_city_paper_that_writes_the_county_citys_name_means_its_own_city() -> None:
    county_city = _division("瑞安市")
    both = _name("市财政局", Kind.AGENCY, "温州市", place=county_city, known=["瑞安市委"])
    assert both == "温州市财政局"
    assert _name("市财政局", Kind.AGENCY, "温州市", place=county_city) == "瑞安市财政局"


def test_aliases_come_first() -> None:
    aliases = {"云岭": "锦州云岭刀具股份有限公司"}
    answer = canonical("云岭", Kind.COMPANY, paper_place=_division("锦州市"), aliases=aliases)
    assert answer.name == "锦州云岭刀具股份有限公司"
    assert answer.reason == "the article calls 锦州云岭刀具股份有限公司 云岭"


def test_a_misread_division_is_mended_with_its_reason() -> None:
    answer = canonical("否花岭区", Kind.PLACE, paper_place=_division("太原市"))
    assert (answer.name, answer.confidence) == ("杏花岭区", 0.95)
    assert answer.reason == "否花岭区 does not exist, 杏花岭区 beside it does"
    assert answer.division is not None and answer.division.code == "140107"
    assert _name("否花岭区市场监管局", Kind.AGENCY, "太原市") == "杏花岭区市场监督管理局"
    assert _name("否花岭区", Kind.PLACE, "锦州市") == "否花岭区"  # no such district near


def test_a_district_organ_has_its_name_with_the_city_too() -> None:
    paper = _division("太原市")
    long = canonical("太原市杏花岭区人民法院", Kind.AGENCY, paper_place=paper)
    short = canonical("杏花岭区法院", Kind.AGENCY, paper_place=paper)
    assert long.alternatives == ("杏花岭区人民法院",)
    assert short.name == "杏花岭区人民法院" and short.alternatives == ("太原市杏花岭区人民法院",)


def test_without_any_place_a_name_stays_as_printed() -> None:
    assert canonical("市住建局", Kind.AGENCY).name == "市住建局"
    assert canonical("市住建局", Kind.AGENCY).reason == ""


@pytest.mark.parametrize(("text", "pairs"), [
    ("由锦州云岭刀具股份有限公司(以下简称“云岭”)承建", [("锦州云岭刀具股份有限公司", "云岭")]),
    ("滨城理工学院,简称“滨理工”,是一所", [("滨城理工学院", "滨理工")]),
    ("青禾农业合作社（下称青禾社）成立", [("青禾农业合作社", "青禾社")]),
    ("会议(下午召开)很短", []),
    ("项目简称不一", []),
])
def test_find_aliases(text: str, pairs: list[tuple[str, str]]) -> None:
    found = [(text[a:b], text[c:d]) for (a, b), (c, d) in find_aliases(text)]
    assert found == pairs


def test_find_aliases_takes_the_recognised_name() -> None:
    text = "县里引来的远山重型机械有限公司(简称“远山”)"
    start = text.index("远山")
    assert find_aliases(text, [(start, start + 10)]) == [((start, start + 10), (start + 14, start + 16))]
    assert text[start:start + 10] == "远山重型机械有限公司"


def test_article_place() -> None:
    city = _division("太原市")
    assert article_place(city, ["杏花岭区", "杏花岭区委", "市住建局"]) == _division("杏花岭区", city)
    assert article_place(city, ["太原市杏花岭区人民法院"], title="杏花岭区为企业松绑") == _division("杏花岭区", city)
    assert article_place(city, ["杏花岭区"]) is None  # one passing mention
    assert article_place(city, ["杏花岭区", "杏花岭区", "小店区", "小店区", "迎泽区"]) is None
    assert article_place(city, ["长治市", "潞州区", "潞州区"]) is None  # not in this city
    assert article_place(city, [], title="清徐醋都飘香", byline="清徐县融媒体中心") == _division("清徐县")


def test_place_before_is_the_last_district_named() -> None:
    city = _division("太原市")
    assert place_before(city, ["小店区", "杏花岭区教育局", "市住建局"]) == _division("杏花岭区", city)
    assert place_before(city, ["市住建局"]) is None


def test_abbreviates() -> None:
    assert abbreviates("锦云公司", "锦州云岭刀具股份有限公司")
    assert abbreviates("云岭刀具", "锦州云岭刀具股份有限公司", places=("锦州",))
    assert not abbreviates("云岭刀具", "锦州云岭刀具股份有限公司")  # no head without the places
    assert not abbreviates("义县云岭", "锦州云岭刀具股份有限公司", places=("锦州", "义县"))
    assert not abbreviates("云岭中学", "云岭中学教育集团")


def test_numbered_bodies() -> None:
    assert [chinese_number(n) for n in ("1", "10", "12", "30", "三")] == ["一", "十", "十二", "三十", "三"]
    assert expand("二中") == "第二中学" and expand("12中") == "第十二中学" and expand("一医院") == "第一人民医院"
    assert expand("第三医院") == "第三医院" and expand("三小北校区") == "第三小学北校区"
    assert expand("一中心") is None and expand("五一高级技工学校") is None and expand("三小时") is None


def test_fold() -> None:
    assert fold("市人大\n常委会") == "市人大常委会"
    assert fold("楚 一 丹") == "楚一丹"
    assert fold("ＡＢ公司（北京）") == "AB公司(北京)"
    assert fold("Blue Sky 公司") == "Blue Sky公司"
    assert fold("“护河”指挥部") == "“护河”指挥部" and fold("“云岭”") == "云岭"


GOLD = Path(__file__).parent / "gold"
MARK = re.compile(r"⟦([^⟦⟧|]*)\|([^⟦⟧|]*)(?:\|([^⟦⟧|]*))?(?:\|([^⟦⟧|]*))?⟧")
TYPES = {"AGENCY": Kind.AGENCY, "ORG": Kind.ORGANIZATION, "COMPANY": Kind.COMPANY, "PLACE": Kind.PLACE}


def _gold_articles() -> Iterator[tuple[str, list[re.Match[str]]]]:
    """Title and marks of every annotated article."""
    for path in sorted(GOLD.glob("*.ann.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        table = path.with_name(path.name.replace(".ann.txt", ".articles.tsv")).read_text(encoding="utf-8")
        for row in table.splitlines()[1:]:
            _, title, numbers = row.split("\t")
            spans = [part.split("-") for part in numbers.split(",")]
            text = "\n".join("\n".join(lines[int(s[0]) - 1:int(s[-1])]) for s in spans)
            yield title, list(MARK.finditer(text))


def test_the_annotated_pages() -> None:
    """Right canonical names of the pages' mentions, each article with no more than its own names at hand."""
    paper = _division("株洲市")
    right, count = Counter[str](), Counter[str]()
    for title, marks in _gold_articles():
        printed = [m[1] for m in marks if m[2] != "PER"]
        about = article_place(paper, printed, title=title)
        for at, mark in enumerate(marks):
            kind = mark[2].split("/")[0]
            if kind not in TYPES or mark[4] == "~":
                continue
            known = [m[1] for m in marks if m[2].split("/")[0] in (kind, "PLACE") and m[1] != mark[1]]
            before = [m[1] for m in marks[:at] if m[2] != "PER"]
            place = about or (place_before(paper, before) if mark[1][0] in "区县镇" else None)
            answer = canonical(mark[1], TYPES[kind], place=place, paper_place=paper, known=known)
            count[kind] += 1
            right[kind] += answer.name == fold(mark[3] or mark[1])
    assert dict(count) == {"AGENCY": 107, "ORG": 92, "COMPANY": 38, "PLACE": 162}
    assert right["AGENCY"] >= 103 and right["ORG"] >= 90 and right["PLACE"] >= 160 and right["COMPANY"] >= 25
