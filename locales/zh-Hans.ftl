### 居民读到的每一句话。简体中文是源语言；键名说的是页面和位置。
### 标题里的 {"\u200B"} 是可以换行的地方：标题不在词中间断开。
### 写法：称“您”；不用术语；汉字与数字之间空一格；标点全角；一句话说完一件事。

## 每一页都有的

layout-product = 门钥
layout-skip = 跳到正文
layout-tabs = 主要页面
layout-mode-large = 长辈版
layout-mode-standard = 标准版
# 按钮通往另一种语言，所以用另一种语言写
layout-other-language = English
# 用设备自己的声音读出来
layout-hear = 朗读
layout-hear-stop = 停止
layout-print = 打印这一页
tab-home = 首页
tab-apps = 应用
tab-book = 访客簿
tab-mine = 我的
help-question = 有不明白的，随时问我们：
# $phone 服务中心电话，照印刷的样子
help-call = 打电话 { $phone }
# $desk 服务台的位置，例如“一楼服务台”
help-desk = 或到{ $desk }，当面帮您办。
# 一串名称之间的顿号
list-comma = 、

### 服务台：工作人员和审计员的页面

desk-product = 门钥 · 服务台
desk-places = 服务台的页面
desk-place-home = 服务台
desk-role-staff = 工作人员
desk-role-auditor = 审计员
desk-sign-out = 离开
desk-sign-in-title = 登录服务台
desk-sign-in-how = 这里是工作人员和审计员的入口，用您的工作通行密钥登录。
desk-sign-in-button = 用通行密钥登录
desk-sign-in-lost = 通行密钥丢了，或者换了电脑？请运维人员给您一个新链接。
desk-sign-in-resident = 我是居民
desk-session-ended = 登录已经结束。十五分钟没有操作，就要重新登录。
desk-invitation-title = 开通服务台
# $name 工作人员的姓名
desk-invitation-heading = { $name }，开通您的服务台
desk-invitation-staff = 您将作为工作人员帮居民办事。您做的每一件事都写上您的名字，居民自己看得到。
desk-invitation-auditor = 您将作为审计员检查记录。您看过什么，也会记下来。
desk-invitation-until = 这个链接 { $date } 前有效，只能用一次。
desk-home-heading = { $name }，您好
desk-home-note = 您在这里做的每一件事都会写进居民的访客簿。没有居民本人确认，什么也办不成。
error-console-invitation = 这个链接用不了
error-console-invitation-say = 它已经用过、过期，或者换成了新的。
error-console-invitation-do = 请运维人员再发一个链接。
desk-place-recoveries = 找回登录
desk-found-nobody = 没有找到
desk-found-nobody-note = 请照证件再核对一遍：一字不差才找得到。
desk-find-number = 按证件号或手机号找
desk-find-number-label = 证件号或手机号
desk-find = 查找
desk-find-person = 没有证件号：按姓名、生日和住址找
desk-name = 姓名
desk-born = 出生日期
desk-building = 楼栋
desk-unit = 单元
desk-room = 房号
# $count 件数
desk-waiting = 等您作证的：{ $count } 件
desk-waiting-note = 您要亲眼见到本人，核对过证件，才能作证。
desk-prepared-by = { $name }准备的
desk-witness-yes = 见过本人和证件，同意
desk-witness-no = 不同意
desk-tally = 最近七天，工作人员做了什么
desk-tally-looks = 查找
desk-tally-many = 超过次数
desk-tally-acts = 准备办的
desk-tally-refused = 居民没同意
desk-tally-pressed = 有人受迫
desk-tally-note = 受迫：工作人员停止并上报的，和居民说“不是我自己的意思”的。
desk-found-title = 查找结果
# $count 人数
desk-found-heading = 找到 { $count } 位，是哪一位？
desk-compare = 请对照本人和证件。这次查找已经写进居民的访客簿。
# $year 出生年份；$flat 住址
desk-born-flat = { $year } 年出生 · { $flat }
# $name 遮盖后的姓名
desk-who = { $name } · { $year } 年出生 · { $flat }
desk-sitting-title = 当面办理
desk-has-passkey = 有通行密钥
desk-no-passkey = 没有通行密钥
desk-has-card = 有服务卡
desk-no-card = 没有服务卡
desk-recovering = 正在找回登录
desk-act-enrol = 开通本人手机
desk-act-card = 办一张服务卡
# $client 应用名称
desk-act-consent = 同意“{ $client }”使用信息
desk-act-undo = 撤销以前办的一件事
desk-enrol-note = 要一位同事见过本人和证件，然后本人用自己的手机扫码。
desk-enrol = 请同事来作证
desk-card-note = 给没有智能手机的居民：一张卡，加一个只有本人知道的六位数字。
desk-card-make = 办卡
desk-lost = 手机和救急码都丢了
desk-lost-card = 卡丢了，或者锁住了
desk-lost-note = 要两位同事签名，再等一段时间，本人会收到通知。
desk-recover = 开始找回
desk-consents = 帮居民同意一个应用
desk-no-apps = 现在没有可以选的应用。
desk-undoable = 可以撤销的
desk-undo = 准备撤销
desk-pressure = 停止并上报
desk-pressure-note = 您或居民受人逼迫时按它：正在办的都停下，只有审计员看得到原因。
desk-required = 必须的
desk-optional = 居民愿意才勾选
desk-until = 到什么时候
desk-sensitive-note = 敏感信息不在服务台办，只由本人在自己的手机上一项一项地定。
desk-read-out = 下一步：念给本人听
# 念给居民听的话，不超过一百五十字
desk-notice = “{ $client }”（{ $controller }）为了“{ $purpose }”，想看您的：{ $claims }。到 { $date } 为止，随时能停。不同意，别的什么都不变。
desk-read-aloud = 请念给本人听
desk-waits-until = 等本人确认，到 { $moment } 为止。
desk-by-phone = 用本人的手机
desk-by-phone-note = 请本人扫码，在自己的手机上看清楚，再决定。
desk-qr = 二维码
desk-reload = 看本人答了没有
desk-by-card = 用服务卡
desk-by-card-note = 请本人扫卡、输入数字，您转过身去。
desk-card-code = 卡号
desk-number = 六位数字
desk-number-again = 再输一次
desk-confirm-card = 本人确认
desk-by-witness = 请一位同事作证
desk-by-witness-note = 同事在自己的电脑上登录，见过本人和证件，再按同意。您自己不能作证。
desk-reload-witness = 看同事答了没有
desk-cancel = 不办了
desk-done = 办好了
desk-way-phone = 本人用手机确认的
desk-way-card = 本人用服务卡确认的
desk-way-witness = 一位同事见过本人和证件，作了证
# $date 日期
desk-undo-until = { $date }以前可以撤销
desk-show-link = 显示二维码，请本人扫
desk-choose-number = 请本人选六位数字
desk-choose-number-note = 不要用生日和连着的数字。您转过身去，不看，也不问。
desk-receipt-print = 打印回执
desk-undone = 已经撤销了。
desk-nothing = 没有办成。
desk-card-unknown = 卡号不对，或者不是本人的卡。
# $count 还能试几次
desk-card-wrong = 数字不对，还能试 { $count } 次。
desk-card-locked = 错了太多次，这张卡用不了了。本人有手机的，马上可以重新办；没有的，要两位同事签名，再等一段时间。
desk-number-differs = 两次输入的不一样，请再输一遍。
desk-number-weak = 这样的数字太好猜，请换六位别的。
desk-link-title = 请本人扫码
desk-link-heading = { $name } · { $flat }：请用自己的手机扫码
# $moment 到什么时候
desk-link-note = 只能用一次，到 { $moment } 为止。请看着本人扫完。
desk-link-done = 扫好了
desk-card-title = 服务卡
desk-card-heading = { $name }的服务卡
desk-card-once = 卡号只显示这一次，请马上打印，交给本人。
desk-card-lost = 卡丢了，请马上到服务台。光有卡、没有您的数字，谁也用不了。
desk-card-given = 已经交给本人
desk-print-note = 用浏览器的打印，A4 纸。
desk-receipt-title = 回执
desk-receipt-for = 为谁办的
desk-receipt-at = 时间
desk-receipt-way = 怎样确认的
desk-receipt-staff = 工作人员
desk-receipt-undo = 改主意了
desk-receipt-number = 编号
# $count 件数
desk-recoveries-heading = 正在找回登录的：{ $count } 位
desk-recoveries-note = 一位同事开始，另一位见过本人和证件后签名，再等 { $hours } 小时。本人和任何同事随时可以停止。
desk-recovery-begun = { $name }开始，{ $moment }
desk-recovery-seconded = { $name }已签名
desk-recovery-waits = 等到 { $moment }
desk-recovery-ready = 可以给本人新的二维码了
desk-recovery-second = 我见过本人和证件，签名
desk-recovery-other = 要另一位同事签名
desk-recovery-link = 显示二维码
desk-recovery-stop = 停止
at-desk-staff = 服务台的{ $name }准备的。您不确认，就什么也没办。
at-desk-no-value = 没有登记
at-desk-yes = 同意，用通行密钥确认
at-desk-no = 不同意
at-desk-pressed = 不是我自己的意思
at-desk-note = 按“不是我自己的意思”，服务台只会看到“没有办成”，审计员会知道。
at-desk-done = 办好了
at-desk-done-note = 七天之内，您在家按一下就能撤销。
at-desk-not-done = 没有办成
at-desk-not-done-note = 什么都没有改变。
my-desk-title = 服务台帮我办的
my-desk-heading = 服务台帮您办过的事
my-desk-note = 每一件都是您确认过的。七天之内可以撤销。
my-desk-none = 还没有办过。
my-desk-row = { $moment }，{ $name }帮忙
my-desk-settled = 已经定下来，或者撤销了
my-desk-undo = 撤销
my-desk-recovery = 有人说您的通行密钥都丢了
my-desk-recovery-at = { $moment } 在服务台开始找回。
my-desk-recovery-ready = { $moment } 以后就能做新的，旧的全部作废。
my-desk-recovery-stop = 不是我，停止
mine-desk-note = 可以撤销七天之内的
regain-for = 这把新钥匙给
regain-title = 做一把新的通行密钥
regain-note = 做好以后，以前所有的通行密钥、救急码和登录都作废。
error-desk-over = 已经办过了，或者过了时间
error-desk-over-say = 这件事已经有了结果，或者等得太久。什么都没有改变。
error-desk-over-do = 请从头再查找一次。
error-desk-unfit = 现在不能这样办
error-desk-unfit-say = 这位居民的情况不合适：已经开通、还没有办法确认，或者要由监护人决定。什么都没有改变。
error-desk-unfit-do = 请回到上一页，选别的办法。
error-desk-same-hand = 要另一位同事
error-desk-same-hand-say = 准备的人不能自己作证，也不能签第二个名。什么都没有改变。
error-desk-same-hand-do = 请另一位同事登录后来办。
error-desk-early = 还没到时间
error-desk-early-say = 等待的时间还没有过完，本人还可以停止它。
error-desk-early-do = 到时间再来。

## 时间

time-today = 今天
time-today-short = 今天
time-yesterday = 昨天
# $day “今天”“11月20日”；$clock “08:12”
time-moment = { $day } { $clock }
time-date = { $month }月{ $day }日
time-date-year = { $year }年{ $month }月{ $day }日
time-day-weekday = { $day } { $weekday }
# $near “今天”；$day “11月22日 周日”
time-near-day = { $near } · { $day }
time-until = 到 { $date }
time-months = { $count } 个月
time-month-1 = 1
time-month-2 = 2
time-month-3 = 3
time-month-4 = 4
time-month-5 = 5
time-month-6 = 6
time-month-7 = 7
time-month-8 = 8
time-month-9 = 9
time-month-10 = 10
time-month-11 = 11
time-month-12 = 12
time-weekday-1 = 周一
time-weekday-2 = 周二
time-weekday-3 = 周三
time-weekday-4 = 周四
time-weekday-5 = 周五
time-weekday-6 = 周六
time-weekday-7 = 周日
time-weekday-short-1 = 周一
time-weekday-short-2 = 周二
time-weekday-short-3 = 周三
time-weekday-short-4 = 周四
time-weekday-short-5 = 周五
time-weekday-short-6 = 周六
time-weekday-short-7 = 周日

## 通行密钥的一步（唯一需要脚本的地方）

ceremony-working = 请按手机或电脑的提示，用指纹、面容或锁屏密码确认。
ceremony-cancelled = 没有关系，什么都没有改变。准备好了，再按一次就行。
ceremony-failed = 这一次没有成功。请再按一次；还是不行，请打服务中心的电话。
ceremony-unsupported = 这个浏览器不支持通行密钥。请用手机自带的浏览器打开，或到服务台办理。
ceremony-known = 这台设备上已经有您的通行密钥，直接登录就行。
ceremony-noscript = 这一步要用到浏览器的 JavaScript，请先打开它；也可以到服务台办理。

## 登录

sign-in-title = 登录
# $community 社区的名称
sign-in-heading = 登录{"\u200B"}{ $community }
sign-in-how = 用您的指纹、面容或锁屏密码开门，不用记密码。
sign-in-button = 用通行密钥登录
sign-in-autofill = 也可以从这里选您的通行密钥：
sign-in-autofill-hint = 点一下，不用打字
sign-in-lost = 手机丢了，或换了新手机
sign-in-lost-note = 用纸上的救急码进来
sign-in-first = 第一次来？
sign-in-first-note = 请扫邀请单上的二维码；没有邀请单，到服务台领一张
sign-in-session-ended = 您有一阵子没有操作，为了安全已替您退出。请再登录一次。
# $client 应用的名称
sign-in-for-app = 请先登录，再决定要不要让{ $client }看您的信息。
signed-out-title = 您已退出
signed-out-say = 这台设备上没有留下您的信息。
signed-out-again = 再次登录

## 应用请您退出

end-session-title = 退出登录
# $client 应用的名称
end-session-heading-app = { $client }请您退出登录
end-session-heading = 要退出登录吗？
end-session-say = 退出后，这台设备上要再次登录才能看到您的信息；您在这里登录过的应用也会收到通知。
end-session-button = 退出登录
end-session-stay = 不退出
end-session-consents = 您同意过的事情仍然有效。想停掉哪个应用，登录后到“应用”里停。

## 邀请

invitation-title = 邀请
# $community 社区的名称
invitation-heading = { $community }{"\u200B"}请您来拿自己的钥匙
# 后面跟着打了码的姓名，例如“张*”
invitation-for = 这张邀请单给
invitation-what = 有了它，小区的应用想看您的信息，都要先敲您的门；谁看过、看了什么，您都查得到。
invitation-button = 做我的通行密钥
invitation-passkey-heading = 什么是通行密钥？
invitation-passkey = 就是用这部手机的锁屏方式（指纹、面容或锁屏密码）来开门，不用记密码；指纹和面容不离开手机，我们看不到。
invitation-until = 这张邀请单只能用一次，到 { $date } 为止。
invitation-not-you = 姓名不是您的？请不要继续，把单子交回服务台。

## 做好通行密钥之后

welcome-title = 做好了
welcome-heading = 您的通行密钥{"\u200B"}做好了
welcome-say = 以后登录，按一下指纹或看一眼屏幕就行。
welcome-codes-heading = 再留一张救急纸
welcome-codes = 万一手机丢了，靠这张纸上的救急码就能进来。打印或抄下来，和户口本放在一起。
welcome-codes-button = 看我的救急码
welcome-later = 以后再说
welcome-later-note = 没有救急码，手机丢了就得本人到服务台重新办理。

## 救急码

codes-title = 救急码
codes-heading = 这是您的救急码
codes-keep = 手机丢了的那一天用它。每个码只能用一次。请打印，或抄在纸上收好，不要拍照，不要发给任何人。
codes-list = { $community } · { $count } 个救急码
# $url 网址
codes-use = 用的时候：打开 { $url }，输入其中一个，再做一把新的通行密钥。
codes-made = { $day } 制作。旧的救急码从此不能再用。
codes-once = 这些码只显示这一次，离开本页就看不到了。
codes-print = 打印：用浏览器菜单里的“打印”，正好一张 A4 纸。
codes-done = 我已收好，继续
# $count 个数；$day 日期
codes-left = 您在 { $day } 做的救急码，还有 { $count } 个可以用。
codes-none = 您还没有救急码。
codes-what = 手机丢了，靠救急码进来。做一张新的，旧的那张就作废。
codes-new = 做一张新的救急码

## 手机丢了

recover-title = 手机丢了
recover-heading = 输入一个救急码
recover-what = 救急码在您打印或抄下来的那张纸上，任选一个没用过的。
recover-code = 救急码
recover-hint = 大小写都行，横线和空格可以不写。
recover-button = 下一步
recover-wrong = 这个救急码不对，或已经用过。请看清楚再输一次，或换纸上的另一个。
recover-none = 纸也找不到了？请本人带身份证到服务台办理，当场就能好。
recover-back = 回到登录
recover-key-heading = 在这台设备上{"\u200B"}做一把新钥匙
recover-key-what = 救急码对了。现在给这台设备做一把新的通行密钥。
recover-key-button = 做新的通行密钥
recover-key-note = 做好以后，其他地方的登录都会退出，您还会得到一张新的救急码。

## 首页

home-answer =
    { $count ->
        [0] 现在没有应用{"\u200B"}可以看到{"\u200B"}您的信息。
       *[other] 有 { $count } 个应用{"\u200B"}可以看到{"\u200B"}您的部分信息。
    }
# $moment “今天 08:12”；$claims 用顿号连起来的名称，例如“车牌号（打码）、是不是本小区居民”
home-last = 最近一次：{ $moment }，{ $client }看了：{ $claims }。
home-last-none = 还没有应用看过您的信息。
home-who = 谁能看到什么
home-week =
    { $count ->
        [0] 最近 7 天没有人看过
       *[other] 最近 7 天被看了 { $count } 次
    }
home-week-none = 有人看过，这里会有一张图。
home-large-menu = 您想做什么
home-large-book = 看看谁看过我
home-large-apps = 停掉一个应用
home-large-data = 看我的信息
# $reads 被看的次数；$refused 被拒绝的次数
week-says =
    最近 7 天，应用看了 { $reads } 次，{ $refused ->
        [0] 没有谁被拒绝。
       *[other] 被拒绝 { $refused } 次。
    }
week-reads = 看了
week-refused = 被拒绝
week-day = 日期
week-table = 看数字

## 应用

apps-note = 您随时可以停止，一按就停。
apps-none = 应用想看您的信息，会先来问您。您同意了，它才会出现在这里。
apps-stop = 停止
apps-stop-name = 停止{ $client }
apps-sees = 它能看到
apps-ended = 已经结束的
# $moment “昨天 18:22”
apps-withdrawn = { $moment } 您停止了
apps-expired = { $day } 到期结束
app-back = 所有应用
app-heading = { $client }{"\u200B"}能看到{"\u200B"}您的部分信息
app-heading-ended = { $client }{"\u200B"}已经看不到{"\u200B"}您的信息
app-stop-note = 一按就停，它的下一次读取会被拒绝。
app-agreed = 您同意过什么
app-purpose = 用途
app-refused = 您没有给
app-given = 同意的时间
app-reads = 看过几次
app-reads-count =
    { $count ->
        [0] 还没有看过
       *[other] { $count } 次
    }
app-reads-last = 最近一次：{ $moment }
app-controller = 谁负责
app-receipt = 您的回执
app-receipt-what = 这是带有社区签名的凭证，证明您在什么时候同意了什么。可以存下来，任何人都改不了。
app-receipt-download = 存下回执
app-receipt-show = 看原文
stopped-title = 已停止
stopped-heading = 已停止{"\u200B"}{ $client }
stopped-say = 它的下一次读取会被拒绝。
stopped-entry = 这件事已写进访客簿，第 { $number } 条。
stopped-apps = 看看还有谁
stopped-book = 打开访客簿
stopped-past = 停止以前它看过的，仍然记在访客簿里。想再用它，在它那里重新同意就行。
stopped-record = 看当时同意过什么

## 访客簿

book-heading = 谁看过我的信息
book-note = 每一次都先写进访客簿，再给对方看。被拒绝的也记在这里。时间是小区当地的时间。
book-empty = 访客簿还是空的。有人看您的信息，这里第一时间就有。
book-newer = 看更近的
book-older = 看更早的
# $number 第几条
book-number = 第 { $number } 条
book-someone = 一个应用
book-disclosure = { $client }看了
book-refusal = { $client }想看，被拒绝
book-consent-given = 您同意{ $client }看
book-consent-changed = 您改了给{ $client }看的内容
book-consent-withdrawn = 您停止了{ $client }
book-consent-expired = { $client }到期，自动结束
book-import = 社区名册送来您的信息
book-edit = 您改了自己的信息
book-own-views =
    { $count ->
        [1] 您自己看过自己的信息
       *[other] 您自己看过自己的信息，{ $count } 次
    }
book-passkey-added = 您做了一把通行密钥
book-passkey-removed = 您去掉了一把通行密钥
book-recovery-used = 用救急码进来，做了新的通行密钥
book-recovery-sheet = 您做了一张新的救急码
# 应用的续用凭证被用了两次，可能有人抄走了一份
book-token-replayed = { $client }的登录凭证被人用了两次，已让它全部退出
book-staff = 服务中心替您办了事
book-locked = 系统管理员锁定了您的账户：谁也进不来，谁也看不到
book-unlocked = 系统管理员解除了锁定，您可以重新登录
book-operator = 管理员维护了系统
book-other = 另一件与您有关的事

## 我的信息

data-title = 我的信息
data-heading = 社区登记了{"\u200B"}您的这些信息
data-note = 平时都打着码，按“显示”才给您看。您每看一次，访客簿里也记一笔。
data-none = 社区还没有登记您的信息。
data-reveal = 显示
data-reveal-name = 显示{ $field }
data-hide = 遮住
data-hide-name = 遮住{ $field }
data-wrong = 有写错的？请打服务中心的电话，或到服务台更正。
data-source-roster = 来自物业名册，{ $day }
data-source-resident = 您自己填的，{ $day }
data-source-desk = 服务台登记的，{ $day }
data-group-person = 您是谁
data-group-contact = 怎么找您
data-group-home = 住在哪里
data-group-car = 车辆
data-group-wishes = 照顾与偏好

## 我的

# $name 打了码的姓名
mine-heading = { $name }，{"\u200B"}{ $community }居民
mine-data-note = 社区登记了什么
mine-passkeys-note = { $count } 把通行密钥
mine-codes-note = 手机丢了的那一天用
mine-how = 页面怎么显示
mine-language = 语言
mine-size = 字的大小
mine-sign-out = 退出登录

## 通行密钥

passkeys-title = 通行密钥
passkeys-heading =
    { $count ->
        [1] 您有一把通行密钥
       *[other] 您有 { $count } 把通行密钥
    }
passkeys-note = 每台设备一把。再做一把放在家里的平板或电脑上，手机丢了也不怕。
passkeys-made = { $day }做的
passkeys-used = 上次使用：{ $moment }
passkeys-unused = 还没有用过
passkeys-here = 您正在用这一把
passkeys-synced = 已在您的设备之间备份
passkeys-remove = 去掉
passkeys-remove-name = 去掉 { $day }做的那一把
passkeys-add = 在这台设备上再做一把
# Shown in place of passkeys-add when the sign-in is more than five minutes ago.
passkeys-confirm = 先确认是您本人
passkeys-confirm-note = 要再做一把，请先用现在的通行密钥确认一下。这样别人拿着您没锁的手机也做不了。
sessions-title = 全部退出
sessions-others =
    { $count ->
        [1] 您在另一个浏览器里还登录着。
        [0] 没有别的浏览器登录着。
       *[other] 您在另外 { $count } 个浏览器里还登录着。
    }
sessions-note = 不认得、不放心，就全部退出：别的浏览器和所有应用都要重新登录。这里不受影响，您同意过的也不变。
sessions-end = 别处全部退出

## 应用来问：同意还是不同意

consent-title = { $client }想看您的信息
consent-heading = { $client }{"\u200B"}想看您的信息
consent-contact = 联系：{ $contact }
consent-why = 用来做什么
consent-required = 同意了，它会看到
consent-optional = 这些给不给，由您定
consent-optional-note = 不给也一样能用。
consent-sensitive = 单独问您一件事
consent-sensitive-note = 这是关于健康的敏感信息，法律要求单独问您。不给，上面的服务照样有。给了以后，也可以随时停止。
consent-on = 给
consent-off = 不给
# $claim 要的是什么，例如“楼栋号”
consent-coarser = 它要的是{ $claim }。您那里住户少，容易认出人，所以只给这个。
consent-no-value = 没有登记，不会给
consent-until = 到什么时候
consent-until-note = 到 { $date }自动结束。您随时可以提前停止。
consent-offline = 您不在的时候
consent-offline-say = 它可以保持登录，最多 90 天，不用每次都请您来。您停止它，就立刻失效。
consent-no = 不同意会怎样
consent-no-say = 其他什么都不变。
consent-instead = 您仍可到服务台办理。
consent-also = 另外，{ $client }会得到一个只给它用的编号，好认出是您回来了；别的应用认不出您。
consent-button-no = 不同意
consent-button-yes = 同意
answered-title = 您已回答
answered-yes = 您同意了{"\u200B"}{ $client }
answered-yes-say = 它每看一次，您都能在访客簿里看到。
answered-no = 您没有同意{"\u200B"}{ $client }
answered-no-say = 它什么也看不到，其他什么都不变。
answered-back = 回到{ $client }

## 一块屏幕来问：电视、大堂屏、自助机

device-title = 连接一块屏幕
device-heading = 输入屏幕上的{"\u200B"}代码
device-what = 您面前的电视、大堂屏或自助机上有八个字母，请照着输在这里。
device-code = 屏幕上的代码
device-hint = 八个字母，没有数字。大小写都行，中间的横线可以不输。
device-button = 下一步
device-not-a-code = 代码是八个字母，您输的不是。请看清楚屏幕，再输一次。
device-wrong = 没有屏幕在用这个代码。请看清楚，再输一次。
device-expired = 这个代码过期了。请在屏幕上重新开始，会有一个新的。
device-used = 这个代码已经用过了。请在屏幕上重新开始，会有一个新的。
device-warning-heading = 只认您面前的屏幕
device-warning = 别人打电话、发消息给您的代码，一律不要用：那是他的设备，您一同意，看到您信息的就是他。
device-compare = 屏幕上显示的{"\u200B"}是这个吗？
device-link = 和您面前的屏幕对一对，一模一样，再按“下一步”。
device-compare-say = 不一样，或者您面前没有这块屏幕，请选“不同意”。
device-calls-itself = 这块屏幕自称
device-calls-itself-note = 名字是它自己写的，我们没有核实。
device-asked-at = 它什么时候来问的
device-from = 它从哪里来问的
device-from-here = 和您现在用的是同一个网络
# $network 网络地址
device-from-elsewhere = 另一个网络（{ $network }）
device-from-note = 您正用手机流量，或屏幕不在您家里，就会这样。
# $code 屏幕上的代码
device-notice = 在一块屏幕上用，屏幕上的代码是 { $code }
device-yes-say = 请看那块屏幕，过几秒钟它就会继续。这一页可以关了。
device-no-say = 那块屏幕什么也得不到，其他什么都不变。
device-no-report = 代码是别人发给您的？请打服务中心的电话告诉我们。
device-late = 等得太久了
device-late-say = 这个代码过期了，什么都没有给出去。请在屏幕上重新开始，会有一个新的。
device-again = 输入另一个代码
mine-device-note = 输入电视或大堂屏上的代码
sign-in-for-device = 请先确认是您本人，再决定要不要让那块屏幕用您的信息。

## 出错的时候

error-do = 您可以这样做
error-home = 回首页
error-sign-in = 去登录
# $id 请求编号，报给服务台就能查
error-number = 编号 { $id }。打电话时报这个编号，我们就能查。
error-fault = 这是我们的问题
error-fault-say = 系统出了故障，您的信息没有被任何人看到。
error-fault-do = 过几分钟再试一次。
error-not-found = 没有这一页
error-not-found-say = 这个网址不存在，或者不是给您看的。
error-not-found-do = 看看网址是不是抄错了，或者从首页重新进来。
error-bad-request = 这个请求看不懂
error-bad-request-say = 收到的内容不完整，什么都没有改变。
error-bad-request-do = 回到上一页，再试一次。
error-too-large = 送来的内容太大
error-too-large-say = 超过了允许的大小，什么都没有改变。
error-too-large-do = 回到上一页，少写一点再试。
error-too-many = 太快了
error-too-many-say = 短时间内试了太多次，什么都没有改变。
error-too-many-do = 等一分钟再试。
error-wait = 等 { $seconds } 秒再试。
error-method = 不能这样打开
error-method-say = 这个网址要从页面上的按钮进去。
error-method-do = 从首页重新进来。
error-csrf = 这一页放得太久了
error-csrf-say = 为了确认是您本人按的，需要刷新一下。什么都没有改变。
error-csrf-do = 回到上一页，刷新后再按一次。
error-session-ended = 您已经退出
error-session-ended-say = 为了安全，一阵子不操作就会自动退出。什么都没有改变。
error-session-ended-do = 再登录一次，然后重做刚才的事。
error-not-fresh = 请先确认是您本人
error-not-fresh-say = 上次确认已过了五分钟，什么也没有改变。
error-not-fresh-do = 重新登录，再做一遍。
error-invitation-used = 这张邀请单已经用过
error-invitation-used-say = 每张邀请单只能用一次，已经有人用它做了通行密钥。
error-invitation-used-do = 是您本人做的，直接登录就行。不是您做的，请马上打服务中心的电话。
error-invitation-ended = 这张邀请单过期了
error-invitation-ended-say = 邀请单 30 天内有效。
error-invitation-ended-do = 请服务台给您打一张新的。
error-invitation-unknown = 没有这张邀请单
error-invitation-unknown-say = 网址可能没有抄全，或者已经换发了新的邀请单。
error-invitation-unknown-do = 请用手机扫邀请单上的二维码；还是不行，请服务台给您打一张新的。
error-passkey-unknown = 认不出这把钥匙
error-passkey-unknown-say = 这把通行密钥没有在本社区登记，或者已经被去掉。
error-passkey-unknown-do = 换一把通行密钥试试，或者用救急码进来。
error-passkey-refused = 这一次没有通过
error-passkey-refused-say = 设备给出的证明没有通过检查，什么都没有改变。
error-passkey-refused-do = 再试一次；还是不行，请到服务台。
error-passkey-last = 这是最后一把
error-passkey-last-say = 最后一把通行密钥不能去掉，不然您就进不来了。
error-passkey-last-do = 先再做一把，然后去掉旧的。
error-ceremony-ended = 等得太久了
error-ceremony-ended-say = 这一步要在几分钟内做完，什么都没有改变。
error-ceremony-ended-do = 回到上一页，再按一次按钮。
error-recovery-wrong = 救急码不对
error-recovery-wrong-say = 这个救急码不对，或已经用过。
error-recovery-wrong-do = 换纸上的另一个试试。
error-mail-letter = 这封确认信不能用了
error-mail-letter-say = 它已经用过、过了 24 小时，或者不是寄给您的。
error-mail-letter-do = 在“提醒寄到哪里”里再寄一封。
error-question-gone = 这个问题已经不在了
error-question-gone-say = 应用的提问已经回答过，或者已经收回。
error-question-gone-do = 回到应用，再从那里开始一次。
error-question-ended = 等得太久了
error-question-ended-say = 应用的提问过了时限，什么都没有给出去。
error-question-ended-do = 回到应用，再从那里开始一次。
error-client-unknown = 不认识这个应用
error-client-unknown-say = 它没有在本社区登记，所以什么都看不到。
error-client-unknown-do = 不要在它那里填写个人信息。可以把它的名字告诉服务台。
error-client-disabled = 这个应用已被停用
error-client-disabled-say = 社区停用了它，所以什么都看不到。
error-client-disabled-do = 要办的事，请打服务中心的电话，或到服务台。
error-redirect-unknown = 返回的地址不对
error-redirect-unknown-say = 应用给的返回地址没有登记，为了安全没有送您过去。
error-redirect-unknown-do = 请把这件事告诉应用的负责人或服务台。
error-device-guesses = 试错的次数太多
error-device-guesses-say = 为了不让人猜中别人的代码，要过一个小时才能再输。什么都没有改变。
error-device-guesses-do = 过一个小时再试；急用，请打服务中心的电话。
error-not-yet = 暂时还不能办
error-not-yet-say = 未满 14 周岁的居民，要由监护人一起办理。
error-not-yet-do = 请监护人到服务台。

## 为什么被拒绝（写给信息的主人）

reason-other = 不合规则
reason-consent_required = 您没有同意过
reason-consent_refused = 您拒绝了
reason-consent_withdrawn = 您已经停止了它
reason-consent_superseded = 您给了它新的同意，旧的不再用
reason-purpose_unknown = 不再有这个用途
reason-consent_expired = 同意已经到期
reason-consent_paused = 同意暂停了
reason-consent_invalid = 当时的同意无效
reason-sign_in_too_old = 您登录已经太久，要您再登录一次才能看
reason-scope_too_narrow = 超出了您同意的范围
reason-claim_not_agreed = 这一项您没有同意
reason-claim_unknown = 没有这一项
reason-purpose_mismatch = 用途和您同意的不一样
reason-client_unknown = 它没有登记
reason-access_suspended = 您的账户当时已锁定
reason-client_disabled = 社区停用了它
reason-purpose_withdrawn = 社区不再让它用于这个用途
reason-token_revoked = 它的凭证已经作废
reason-token_expired = 它的凭证过期了
reason-token_unknown = 它的凭证是假的
reason-proof_invalid = 它没能证明自己是谁
reason-proof_replayed = 它重复使用了同一个证明
reason-too_often = 看得太频繁
reason-resident_erased = 您的信息已经删除
reason-under_age = 未满 14 周岁，要监护人同意
reason-fault = 系统故障，没有给出

## 应用背后是谁

party-street = 街道办事处
party-neighbourhood_committee = 居委会
party-owners_committee = 业主委员会
party-property = 物业公司
party-company = 公司
party-social_org = 社会组织
party-medical = 医疗机构
party-state_organ = 国家机关

## 用途

purpose-parking-book = 预约车位
purpose-why-parking-book = 预约小区车位，认出您的车。
purpose-instead-parking-book = 您仍可到岗亭登记停车。
purpose-elder-care = 养老服务
purpose-why-elder-care = 安排助餐、上门照料等养老服务。
purpose-instead-elder-care = 您仍可打电话或到服务台预约。
purpose-feedback-submit = 意见反馈
purpose-why-feedback-submit = 接收您的意见和投诉，并告诉您处理结果。
purpose-instead-feedback-submit = 您仍可到服务台当面说，或投进意见箱。
purpose-notice-deliver = 接收通知
purpose-why-notice-deliver = 把社区的通知送给您，用您看得懂的语言和字号。
purpose-instead-notice-deliver = 您仍可在公告栏看到所有通知。
purpose-signin-basic = 登录
purpose-why-signin-basic = 用您的通行密钥登录它，不用另设密码。
purpose-instead-signin-basic = 您仍可用它自己的办法登录。

## 给出去的信息（名称、说明、值）

claim-is_resident = 是不是本小区居民
claim-note-is_resident = 只回答“是”或“不是”，不给地址。
claim-over_18 = 满没满 18 岁
claim-note-over_18 = 只回答“是”或“否”，不给生日。
claim-over_60 = 满没满 60 岁
claim-note-over_60 = 只回答“是”或“否”，不给生日。
claim-plate_masked = 车牌号（打码）
claim-note-plate_masked = 只给打了码的号码。
claim-phone_masked = 手机号（打码）
claim-note-phone_masked = 只给打了码的号码，打不通。
claim-name_masked = 姓名（打码）
claim-note-name_masked = 只给姓，不给名。
claim-building_no = 楼栋号
claim-note-building_no = 不给单元和房号。
claim-community_id = 小区编号
claim-note-community_id = 只说明住在哪个小区。
claim-care_level_band = 需要照料的程度
claim-note-care_level_band = 只给大致的等级，不给病情。
claim-language = 您用的语言
claim-note-language = 好用您看得懂的语言写。
claim-ui_profile = 您用的字号
claim-note-ui_profile = 好用您看得清的字号写，不说明原因。

fact-community_id = 小区编号 { $value }
fact-is_resident-true = 是本小区居民
fact-is_resident-false = 不是本小区居民
fact-over_18-true = 满 18 岁
fact-over_18-false = 未满 18 岁
fact-over_60-true = 满 60 岁
fact-over_60-false = 未满 60 岁

value-true = 是
value-false = 否
value-building_no = { $value } 栋
value-language-zh-Hans = 中文
value-language-en = English
value-ui_profile-standard = 标准字号
value-ui_profile-large = 大字
value-ui_profile-large_text = 大字
value-care_level_band-none = 能自理
value-care_level_band-some = 需要一些照料
value-care_level_band-much = 需要较多照料
value-care_level_band-full = 需要全天照料

## 社区登记的信息（名称、值）

field-name = 姓名
field-document_type = 证件类型
field-document_number = 证件号码
field-sex = 性别
field-birth_date = 出生日期
field-phone = 手机号
field-building = 楼栋
field-unit = 单元
field-room = 房号
field-relation = 与户主关系
field-tenure = 产权关系
field-plate = 车牌号
field-emergency_contact = 紧急联系人
field-emergency_phone = 紧急联系人电话
field-email = 电子邮箱
field-note = 备注
field-language = 语言
field-ui_profile = 字号
field-care_level = 照料等级
value-sex-0 = 未知
value-sex-1 = 男
value-sex-2 = 女
value-sex-9 = 未说明

## 邀请单（打印，每人一张）

slip-title = 邀请单
slip-private = 请交本人亲手拆开
slip-fold = 折法：沿下面的虚线把最下一段向上折，盖住二维码；再沿上面的虚线把这一段向后折，封口。
# $community 社区
slip-heading = { $community }请您来拿自己的钥匙
slip-what = 用它登录小区的各项服务；应用想看您的信息，都要先敲您的门，谁看过您都查得到。
# $date 日期
slip-once = 只能用一次，{ $date } 前有效
slip-scan = 用手机自带的相机或浏览器扫二维码（微信里做不了钥匙）；扫不了，就在浏览器里输入那一行网址。
slip-check = 先看页面上的小区名称和打了码的姓名对不对；不对就不要继续，把单子交回服务台。
slip-make = 按“做我的通行密钥”，用手机的锁屏方式（指纹、面容或锁屏密码）确认一下，就好了。
slip-help = 谁也不该向您要这张单子，工作人员也一样。需要帮忙：
slip-index = 邀请单清单
slip-index-keep = 内有姓名和住址：发完请销毁清单和文件夹。
slip-index-all = 全部邀请单，一次打印
slip-index-number = 编号
slip-index-name = 姓名
slip-index-place = 住址

# 给写应用的人看的；文档本身是英文
api-heading = 接口文档
api-note = 应用可以向本服务请求什么。这一页和文档都由应答的代码生成。
api-download = openapi.json
api-contents = 目录
api-required = 必填
# $count 个数
api-fields = 接收 { $count } 个值
# $count 个数
api-answers = 给出 { $count } 种回答
api-who-anybody = 谁都可以用。
api-who-client = 登记过的应用可以用。
api-who-proven = 登记过、证明了身份的应用可以用。
api-who-operator = 持有管理员发的令牌的一方可以用。
api-who-token = 持有访问令牌和相应密钥的一方可以用。

## 消息

inbox-title = 消息
# $count 条数
inbox-answer = 有 { $count } 条新消息
inbox-none-new = 没有新消息
inbox-note = 跟您有关的事，一发生就写在这里。
inbox-empty = 还没有消息。
inbox-seen = 我都看过了
inbox-new = 新
# $count 条数
mine-inbox-note = { $count ->
    [0] 没有新消息
   *[other] 有 { $count } 条新消息
  }
# $client 应用的名称（每句都收到，用不用由句子定）
tell-new-passkey = 您多了一把通行密钥。不是您做的，请马上联系服务台。
tell-recovery-begun = 有人开始为您找回登录。不是您本人，请马上联系服务台。
tell-recovered = 您的登录已经找回，旧的通行密钥都作废了。
tell-first-access = { $client }第一次看了您的信息。
tell-break-of-pattern = { $client }看您信息的次数或时间和平常不一样。您可以暂停它。
tell-mandate-begun = 一份代办从现在起生效。谁能替谁办，请看家人代办。
tell-mandate-ended = 一份代办已经结束。
tell-came-of-age = 到年龄了：以前由监护人替您同意的，现在由您自己决定。
tell-acted-for = 代办人替您办了一件事，都记在访客簿里。
tell-erasure-begun = 7 天后将删除您的全部信息。改主意了，随时可以撤销。
tell-erasure-undone = 删除已撤销，您的信息都在。
tell-case-answered = 您提的事有答复了。
tell-case-overdue = 您提的事过了期限还没有答复，审计员已经看得到。
tell-deletion-confirmed = { $client }答复：您的信息已经删除。
tell-deletion-silent = { $client }到期还没有答复是否删除了您的信息，已记在它名下。
tell-terms-changed = { $client }要看的信息有变化，下次会重新问您。
tell-corrected = 您的信息已经更正。
tell-desk-act = 服务台和您一起办了一件事，7 天之内可以撤销。
### 暂停与恢复

apps-paused = 暂停的
apps-paused-since = { $moment } 暂停
apps-revoked = { $day } 结束，不是您停止的
apps-resume = 恢复
app-heading-paused = { $client }{"\u200B"}暂时看不到{"\u200B"}您的信息
app-pause-name = 暂停{ $client }
app-pause-note = 先不给它看，同意还留着。想恢复，再按一下就行。
app-paused-say = 已经暂停。它现在读不到任何东西，什么时候恢复由您决定。
app-resume-name = 恢复{ $client }
app-resume-note = 恢复以后，它能看到的和原来一样，到期的日子不变。
app-stop-for-good-note = 停止以后，它要重新来问您。
book-consent-paused = 您暂停了{ $client }
book-consent-resumed = 您恢复了{ $client }
reason-consent_revoked = 这份同意已经结束
error-paused-by-herself = 这是本人暂停的
error-paused-by-herself-say = 本人亲手暂停的应用，只有本人能恢复。什么都没有改变。
error-paused-by-herself-do = 请本人在自己的手机上恢复，或者一起到服务台。

### 代办和监护

acting-for = 您正在替 { $name } 办事。您做的每一步，都会写进 { $name } 的记录。
acting-back = 回到我自己的
error-mandate-over = 这份代办已经结束
error-mandate-over-say = 您不能再替这位居民办事了。
error-mandate-over-do = 如果还需要帮忙，请他再给您发一份代办，或者一起到服务台来。
error-mandate-scope = 这一项没有交给您办
error-mandate-scope-say = 这份代办不包括这一项，所以没有打开。
error-mandate-scope-do = 需要的话，请他自己来办，或者重新给您发一份代办。
### 停了就是删掉

deletion-heading = 它手里的，删了没有
# $date 日期
deletion-ordered = 已要求{ $client }删掉以前看到的，{ $date } 前必须答复。
deletion-ordered-note = 这份要求带有社区签名，已经发给它。答没答复，这里都看得到。
deletion-deleted = { $client }在 { $date } 答复：已经删掉。
deletion-deleted-note = 这是它自己说的，答复留有记录。您觉得没删干净，可以提出异议。
deletion-kept = { $client }答复：{ $claims }依法要留存，其余已经删掉。依据：{ $law }。
deletion-kept-until = 留到 { $date }。这期间只能保存，不能再用。
deletion-kept-note = 留存期间只能保存，不能再用。
deletion-silent = { $client }到 { $date } 还没有答复删没删。
deletion-silent-note = 这件事已记在它的档案上，审计员看得到。您也可以提出异议。
deletion-lifted = 后来您又同意了同样的内容，不用删了。
tell-deletion-kept = { $client }说，您的部分信息依法要留存一段时间。
law-pipl_contract = 《个人信息保护法》第十三条第一款第二项（物业服务合同）
law-pipl_proof = 《个人信息保护法》第六十九条（要能证明您同意过）
law-network_log = 《网络安全法》第二十一条第三项（日志至少留六个月）
law-accounting = 会计档案的保存规定
law-medical_records = 病历的保存规定
law-courier = 《快递暂行条例》第三十四条

### 纸上的单子

apps-paper = 打印这张单子
app-receipt-paper = 打印回执
paper-receipt = 同意回执
paper-receipt-heading = 同意{"\u200B"}{ $client }{"\u200B"}看部分信息的回执
paper-apps = 应用清单
# $count 应用的个数
paper-apps-heading =
    { $count ->
        [0] 现在没有应用{"\u200B"}可以看到{"\u200B"}我的信息
       *[other] 有 { $count } 个应用{"\u200B"}可以看到{"\u200B"}我的部分信息
    }
paper-no-values = 这张纸上没有姓名，也没有您的信息本身，捡到的人看不出是谁。
paper-agreed = 同意给它看的
paper-state = 打印时的情况
paper-stop = 想停止
paper-stop-say = 登录以后，在“应用”里按“停止”；或打服务中心的电话，到服务台当面办也行。
paper-check = 扫一扫，核对真假
paper-check-say = 扫出来的页面会说：这张纸是不是我们印的，今天还算不算数。不会说是谁的。
paper-printed = { $moment } 印
verify-title = 核对单子
verify-ours = 是真的：{"\u200B"}{ $community }印的单子
verify-not-ours = 不是真的：{"\u200B"}{ $community }没有印过这张单子
verify-not-ours-say = 请不要相信这张纸。有人拿它来找您，请打服务中心的电话告诉我们。也可能是码没有扫全，请再扫一次。
verify-receipt-holds = 上面的同意，今天仍然有效。
verify-receipt-paused = 上面的同意现在暂停着，对方什么也看不到。
verify-receipt-over = 上面的同意已经结束，不再算数。
verify-apps-holds = 今天还是这几个应用，没有变。
verify-apps-over = 印好以后有了变化，请以手机上的为准，或再印一张。
verify-codes-holds = 上面的救急码还能用。请收好，不要给别人看。
verify-codes-over = 上面的救急码已经作废。请用新的那一张。
verify-what = 这是什么
verify-printed = 什么时候印的
verify-app = 给谁看
verify-claims = 同意给它看的
verify-claims-count = { $count } 项信息
verify-compare = 请和纸上对一对。不一样，就是纸被人改过。
verify-nobody = 这一页不会说单子是谁的。
# $count 几个人
family-answer = { $count ->
    [0] 现在没有人能替您办事
   *[other] 现在有 { $count } 个人能替您办事
  }
family-title = 家人代办
mine-family-note = 谁能替我办，我能替谁办
family-note = 能替您做什么、做到哪一天，由您定；每一步您都看得见，随时可以停。
family-helpers = 谁能替我办
family-helped = 我能替谁办
family-ended = 已经结束的
family-ask = 请人帮我办
family-act = 替他办
family-which = 请哪一种人帮忙？
mandate-kind-family = 亲情代办
mandate-kind-temporary = 临时代办
mandate-kind-appointed = 意定监护
mandate-kind-guardian = 未成年人监护
mandate-for-family = 女儿、儿子、老伴长期帮忙
mandate-for-temporary = 邻居、朋友帮几天
mandate-for-appointed = 事先说好，将来替我做主的人
mandate-for-guardian = 父母或监护人替孩子办
mandate-relation-daughter = 女儿
mandate-relation-son = 儿子
mandate-relation-spouse = 爱人
mandate-relation-grandchild = 孙辈
mandate-relation-sibling = 兄弟姐妹
mandate-relation-relative = 亲戚
mandate-relation-neighbour = 邻居
mandate-relation-friend = 朋友
mandate-relation-carer = 护理员
mandate-relation-parent = 父母
mandate-relation-guardian = 监护人
# $name 姓名（打码），$relation 关系
mandate-who = { $name }（{ $relation }）
mandate-right-see = 看哪些应用能看到什么、谁看过
mandate-right-data = 看我的信息
mandate-right-stop = 暂停、停止应用
mandate-right-decide = 替我同意应用
mandate-right-note-data = 下面勾选的除外
mandate-right-note-stop = 不对劲的时候，他能马上替您停掉
mandate-right-note-decide = 敏感的信息，普通代办人不能替您同意
mandate-standing-waiting = 等对方接受
mandate-standing-in-force = 到 { $day } 为止
mandate-standing-over = { $day } 到期
mandate-standing-principal = { $day } 由本人停止
mandate-standing-delegate = { $day } 由代办人退回
mandate-standing-declined = { $day } 对方没有接受
mandate-standing-age = { $day } 到年龄，自动结束
mandate-standing-desk = { $day } 在服务台停止
mandate-standing-void = { $day } 撤销，从来不算数
mandate-kind = 哪一种
mandate-may = 可以做
mandate-hidden = 看不到
mandate-conflicts = 他为这些单位工作，不能替您同意它们的应用
mandate-until = 到哪一天
mandate-until-note = 到期自动结束，不能延长
mandate-helps-you = { $who }替您办事
mandate-you-help = 您替 { $name } 办事
# $count 几件
mandate-acts = { $count ->
    [0] 还没有替您做过什么
   *[other] 替您做过的（{ $count } 件）
  }
mandate-end-title = 不再代办
mandate-end-note = 按下去马上生效。做过的事，记录都留着。
mandate-end = 停止代办
mandate-end-quietly = 停止，不告诉他
mandate-end-quietly-note = 对方不会收到消息，下次来办的时候才会发现不行了。
mandate-offer-title = 有人请您代办
mandate-offer-heading = { $name } 请您帮忙办事
# $relation 关系
mandate-offer-say = 您是他的：{ $relation }。
mandate-offer-note = 您做的每一步，双方都看得到。您会看到他的称呼，他也会看到您的称呼。
mandate-works-for = 您在下面的单位工作吗？
mandate-works-for-note = 勾上的，您不能替他同意那家的应用。没有就不勾。
mandate-decline = 不接受
mandate-accept = 接受，用通行密钥确认
family-offer-note = 都可以以后再停，但不能加长。要改，就重新请一次。
family-relation = 他是您的
family-rights = 他可以替您
family-always = 代办都包括这一项
family-hidden = 不给他看的信息
family-hidden-note = 勾上的，他看不到
family-length = 帮多久
# $days 天数
family-days = { $days } 天
family-never = 通行密钥、救急码、更正和删除信息、再请别人代办，永远只有您自己能做。
family-offer = 请他代办，用通行密钥确认
family-offered = 请对方扫这个码
family-offered-say = 请{ $relation }用自己的手机扫码，登录后接受。
family-qr = 代办邀请的二维码
# $day 时间
family-offered-until = { $day } 前有效，只能用一次。
family-link = 不在身边？把这个网址发给他
family-see = 看这份代办
family-show-again = 再出示一次二维码
book-others-views = 代办的对方看了 { $count } 次
book-mandate-offered = 请人代办
book-mandate-begun = 一份代办开始生效
book-mandate-declined = 对方没有接受代办
book-mandate-ended = 一份代办结束了
book-mandate-ended-quietly = 停止了一份代办，没有告诉对方
error-mandate-gone = 这个邀请用不了
error-mandate-gone-say = 它已经用过、收回，或者过期了。什么都没有改变。
error-mandate-gone-do = 请对方再出示一次二维码。
error-mandate-own = 这是您自己发出的邀请
error-mandate-own-say = 请把它给您想请的人，用他自己的手机打开。
error-mandate-own-do = 不想请了，可以在“家人代办”里停止。
error-mandate-unfit = 这样的代办不行
error-mandate-unfit-say = 代办的双方都要年满十八岁，内容要从页面上选。什么都没有改变。
error-mandate-unfit-do = 需要帮忙，请到服务台。
error-mandate-many = 代办太多了
error-mandate-many-say = 同时最多十份代办。什么都没有改变。
error-mandate-many-do = 先停止一份不用的，再请新的人。
book-guardian-asked = 有人申请当未成年人的监护人
book-shielded = 您选了“以后只由我自己办”
book-unshielded = 您取消了“以后只由我自己办”

### Cases: objections, complaints, and who answers by when

cases-title = 我的异议和投诉
# $count how many wait for an answer
cases-heading = { $count ->
    [0] 都有答复了，等您看一看
   *[other] 有 { $count } 件在等答复
  }
cases-none = 没有在等答复的事
cases-note = 每一件都有人负责，有最晚答复的日子；过期不答，审计员看得到。
cases-new = 我要投诉或提意见
cases-over = 已经结束的
mine-cases-note = 提出的事，谁来答复，最晚哪天
book-object = 我有异议
# $number the entry's number, for those who hear the link without the line around it
book-object-name = 我有异议：第 { $number } 条
case-kind-objection = 异议
case-kind-correction = 更正信息
case-kind-explanation = 要求说明
case-kind-complaint = 投诉和意见
case-kind-relative = 近亲属的请求
# $client the app's name (every sentence of this family gets it)
case-about-objection = 对“{ $client }”的异议
case-about-correction = 更正给“{ $client }”的信息
case-about-explanation = 请“{ $client }”说明
case-about-complaint = 对“{ $client }”的投诉
case-about-relative = 近亲属关于“{ $client }”的请求
case-overdue = 逾期
# $day the last day for an answer
case-waits-client = 等“{ $client }”答复，最晚 { $day }。
case-late-client = “{ $client }”没有在 { $day } 之前答复。
case-waits-staff = 等服务中心答复，最晚 { $day }。
case-late-staff = 服务中心没有在 { $day } 之前答复。
case-answered = “{ $client }”答复了，请您看一看。
case-closed = 已经结束。
case-taken-back = 您已经撤回。
case-late-note = 这已记在它的记录上，审计员看得到；服务中心也会接手。
case-content = 这个答复行吗？
case-settle = 可以，就这样结束
case-dispute = 不行，请服务中心处理
case-dispute-words = 哪里不行？可以不写。
case-steps = 经过
# $client the app's name (every step gets it)
case-step-opened = 您提了出来
case-step-client_answered = “{ $client }”的答复
case-step-staff_answered = 服务中心的答复
case-step-disputed = 您不满意，交给服务中心
case-step-settled = 您说可以，结束了
case-step-taken_back = 您撤回了
case-step-overdue = 到期没有答复，已记下
case-step-assigned = 服务中心有人接手了
case-step-read = 服务中心看了您写的话
case-outcome-agreed = 同意您的意见
case-outcome-declined = 不同意，理由如下
case-shared = 应用也看得到您写的这段话。
case-not-shared = 只有服务中心看得到您写的这段话。
case-what = 说的是哪一次
case-when = 时间
case-claims = 信息
case-further = 还是不满意，可以打 12345，或向网信部门投诉。
case-take-back = 我撤回
case-new-title = 提出异议
case-new-heading = 这一次，您有什么意见？
case-new-complaint = 您要投诉什么，或有什么意见？
case-new-note = 应用必须在 { $day } 之前答复您。它照样为您服务，不能因此为难您。
case-new-staff = 服务中心必须在 { $day } 之前答复您。
case-words = 请写下来
case-words-optional = 想说什么，写在这里；不写也行。
# $client the app's name
case-share = 让“{ $client }”也看到我写的话
case-share-note = 不勾，就只有服务中心看得到。
case-do-object = 我有异议
case-do-explain = 请说明原因
case-do-complain = 交给服务中心
book-none-such = 没有这样的记录
book-by-relation = 由{ $who }代办
book-by-delegate = 由代办人办理
book-by-guardian = 由监护人办理
book-by-staff = 在服务台当面办理
# $name 工作人员的名字
book-by-staff-name = 服务中心{ $name }经手
filter-title = 只看一部分
filter-app = 应用
filter-all-apps = 所有应用
filter-claim = 信息
filter-all-claims = 所有信息
filter-days = 时间
filter-all-days = 所有时间
# $count 天数
filter-last-days = 最近 { $count } 天
filter-what = 哪一类
filter-all-sorts = 全部
filter-sort-reads = 看了我的信息
filter-sort-refused = 被拒绝的
filter-sort-behalf = 别人替我办的
filter-go = 看这些
filter-clear = 看全部
# $count 天数
plot-title = 最近 { $count } 天，每天哪个应用看了几次
plot-others = 其他应用
desk-place-cases = 异议和投诉
# $open 没有结束的, $overdue 其中逾期的
console-cases-heading = { $open } 件没有结束，{ $overdue } 件逾期
console-cases-note = 居民写的话要按一下才看；看了，她的访客簿里就有一条。
console-cases-auditor = 这里没有居民的姓名，也没有任何人写的话。
console-cases-lists = 看哪些
console-cases-none = 没有这样的事。
console-case-list-staff = 等服务中心
console-case-list-mine = 我负责的
console-case-list-overdue = 逾期
console-case-list-open = 没有结束的
console-case-list-over = 已经结束的
console-case-due = 最晚答复
console-case-what = 什么事
console-case-app = 应用
console-case-state = 现在
console-case-owner = 谁负责
console-case-nobody = 还没有人
console-case-was-late = 曾经逾期
console-case-state-with_client = 等应用答复
console-case-state-with_staff = 等服务中心答复
console-case-state-answered = 应用答复了，等居民
console-case-state-closed = 已经结束
console-case-state-taken_back = 居民撤回了
console-case-step-opened = 居民提出
console-case-step-client_answered = 应用答复
console-case-step-staff_answered = 服务中心答复
console-case-step-disputed = 居民不满意
console-case-step-settled = 居民接受
console-case-step-taken_back = 居民撤回
console-case-step-overdue = 到期没有答复
console-case-step-assigned = 有人接手
console-case-step-read = 有人看了写的话
console-case-read = 看写了什么
console-case-read-note = 您看过，会记在居民的访客簿里，写上您的名字。
console-case-take = 我来负责
console-case-answer = 给居民的答复
console-case-grant = 照办
console-case-refuse = 不能办
console-case-agree = 居民说得对
console-case-decline = 维持不变
console-case-correction = 先看写了什么，核对了凭据，才能同意更正。
console-case-write = 已核对，照此更正
# $field 哪一项
console-case-proposed = 要把{ $field }改成
console-case-taken-away = 删去这一项
# What a line of the book says of a case; $client is the app's name
book-case_objection = 您对{ $client }提出异议
book-case_explanation = 您请{ $client }说明原因
book-case_correction = 您要求更正信息
book-case_complaint = 您提出了投诉或意见
book-case_relative = 近亲属提出了请求
book-case_client_answered = { $client }答复了您
book-case_staff_answered = 服务中心答复了您
book-case_disputed = 您不满意答复，交给了服务中心
book-case_settled = 您接受了答复
book-case_taken_back = 您撤回了提出的事
book-case_overdue = 您提出的事到期没有答复
book-case_assigned = 服务中心有人接手您的事
book-case_read = 服务中心看了您写的话
error-case-over = 这件事已经往前走了
error-case-over-say = 它已经结束，或者现在不等您答话。什么都没有改变。
error-case-over-do = 打开这件事，看看它现在怎样。
error-cases-many = 您提出的事太多了
error-cases-many-say = 同时最多 40 件在等答复。什么都没有改变。
error-cases-many-do = 等几件有了答复，或者撤回几件，再提新的。
error-case-nothing = 还没有写
error-case-nothing-say = 这样的事要写几个字，别人才知道怎么办。
error-case-nothing-do = 回到上一页，写几个字再交。
error-case-long = 写得太长了
error-case-long-say = 最多 1000 个字。什么都没有改变。
error-case-long-do = 回到上一页，写短一点；其余的可以到服务台说。
# $client 应用的名称
inbox-app = “{ $client }”

## 信件（邮件、短信；不写姓名，不写应用，不写信息）

letter-an-app = 有一个应用
# $community 社区
letter-subject = { $community }门钥：您有一条新消息
letter-read-more = 登录后看详情：
# $phone 电话
letter-help = 有疑问，请打 { $phone }。我们不会向您要密码、验证码或救急码。
letter-confirm = 有人请门钥以后把提醒寄到这个邮箱。是您，请登录后打开下面的网址确认；不是您，不用理会。
ways-title = 提醒寄到哪里
ways-answer = 消息都在门钥里。您要是愿意，也可以另外寄给您。
ways-content = 寄出去的只有一句话，不写姓名，不写应用，也不写您的信息。
ways-mail = 寄到邮箱
ways-phone = 发到手机
ways-state-not-here = 本社区没有开通。
ways-state-no-address = 您的信息里还没有填。
ways-state-unconfirmed = 还没有确认是您的邮箱。
ways-state-off = 现在不寄。
ways-state-on = 现在会寄。
ways-turn-on = 寄给我
ways-turn-off = 不要寄
ways-confirm-send = 寄一封确认信
ways-confirm-sent = 确认信已经寄出，24 小时内有效。
ways-confirm-failed = 确认信没有寄出去，请过一会儿再试。
ways-confirm-many = 这一小时已经寄了三封。请看看收件箱和垃圾邮件；过一小时可以再寄。
ways-confirm-title = 确认您的邮箱
ways-confirm-say = 按一下，以后的提醒就会寄到这个邮箱。
ways-confirm-button = 这是我的邮箱
ways-fill = 去填写



### 删除我的全部信息

mine-leave = 离开
mine-erase-note = 7 天内可以反悔
erase-title = 删除我的全部信息
erase-heading = 要删除{"\u200B"}全部信息吗？
erase-answer = 确认以后，马上谁也看不到您的信息；7 天后永久删除。7 天之内，随时可以撤销。
erase-goes = 会删除的
# $count 多少项
erase-goes-fields = { $count } 项个人信息
erase-goes-access = 登录用的
erase-goes-passkeys = { $count } 把通行密钥、救急码
erase-goes-apps = { $count } 个应用的授权
erase-goes-no-apps = 现在没有应用能看您的信息
erase-stays = 依法要留的
erase-stays-log = 谁看过的记录、授权的凭证
# $date 日期
erase-stays-until = 封存到 { $date }，之后销毁
erase-stays-law = 《网络安全法》第二十一条、《个人信息保护法》第六十九条要求保存。这期间谁也打不开您的页面。
erase-stays-copies = 备份里的旧副本
# $date a date
erase-copies-until = 最迟 { $date } 消失
erase-stays-copies-note = 备份到期后就扔掉。
erase-stays-service = 社区服务
erase-stays-service-note = 照常为您办。以后想再用，到服务台重新登记就行。
erase-confirm-note = 按“删除”以后，用指纹、刷脸或锁屏密码确认是您本人。
erase-no = 不删除
erase-yes = 删除
# $moment 日期和时间
erasing-banner = 您的全部信息将在 { $moment } 删除。
erasing-banner-undo = 查看或撤销
erasing-heading = { $moment } 删除{"\u200B"}全部信息
erasing-answer = 现在任何应用都看不到您的信息。改变主意，按“撤销删除”，一切照旧。
erasing-begun = 您在 { $moment } 提出。
erasing-undo = 撤销删除
erasing-keep = 请留好这个地址
erasing-keep-note = 删除以后您不能再登录。凭这个地址，可以随时查看删除证明。请拍下来或抄下来。
erasing-qr = 删除证明的地址，二维码
erased-title = 删除证明
erased-heading = { $date } 已删除
erased-answer = 这位居民的全部信息已经删除，钥匙已经销毁，谁也恢复不了。
erased-went = 删了什么，还留什么
erased-key = 信息的钥匙
erased-key-note = 已销毁。没有它，留下的只是乱码。
erased-rows = 一起删掉的
erased-counts = { $fields } 项信息、{ $passkeys } 把通行密钥，{ $consents } 项授权已停止
erased-details-gone = { $date } 也已销毁
erased-entry = 记在账本里
erased-certificate = 签名的证明
erased-certificate-note = 由本服务签名，里面没有姓名。任何人都能验证它是真的。
erased-download = 下载证明
erased-show = 看看证明的原文
erased-certificate-soon = 证明正在签名，几分钟后再来看。
erased-pending = 将在 { $moment } 删除
erased-pending-note = 还没有删除。本人登录后仍可以撤销。
erased-undone = { $moment } 已撤销
erased-undone-note = 没有删除任何信息。
book-erasure-begun = 您提出删除全部信息
book-erasure-undone = 删除已撤销
error-nothing-to-undo = 没有可以撤销的
error-nothing-to-undo-say = 已经撤销过，或者 7 天已经过了。
error-nothing-to-undo-do = 有疑问请联系服务台。
### What a resident decides when she is asked

time-days = { $count } 天
list-and = 、
list-space = {""}
consent-notice-sees = { $client }想知道您的{ $claims }。
consent-notice-sign-in = { $client }想用一个编号认出是您。
consent-notice-more = 另有 { $count } 项由您选。
consent-notice-no = 不同意，别的都不变：{ $instead }
consent-forms = 给多少，由您定
consent-length = { $length }（到 { $date }）
consent-length-note = 到时自动结束。您随时可以提前停止。
consent-button-later = 现在不决定
consent-own-next = 同意后，下一页单独问您。
consent-quiet-claim = 您{ $day }说过不给，所以不再问。想再看看，打开这个开关。
consent-changed = 和上次不一样的地方
consent-changed-more = 这次多问了：{ $claims }。
consent-changed-less = 这次不再问：{ $claims }。
consent-changed-controller = 负责的单位从{ $old }换成了{ $new }。
consent-changed-terms = 社区改了这个用途的规定，所以再问您一次。
consent-own-title = 单独问您：{ $claim }
consent-own-heading = { $client }还想知道：{ $claim }
consent-own-count = 第 { $number } 个，共 { $count } 个。
consent-own-sees = 给多少，由您定
consent-own-need = 为什么需要
consent-own-risk = 可能有什么坏处
consent-own-no = 不给会怎样
consent-own-no-say = 别的照样办，您刚才同意的不受影响。90 天内不再问您。
consent-own-button-no = 不给
consent-own-button-give = 给
consent-refused-title = 您拒绝过{ $client }
consent-refused-heading = 您{ $day }拒绝了{ $client }
consent-refused-say = 到 { $date }，它不能再问您这件事。您改了主意，可以自己再看一遍；不想看，就回到应用。什么都没有改变。
consent-refused-back = 回到应用
consent-refused-again = 再看一遍
apps-noes = 您没有同意的
apps-no-refused = { $day }您说了不。到 { $date }不再问您。
apps-no-deferred = { $day }您说现在不决定。想办的时候，从那个应用再进来。
apps-no-again = 可以再问我
apps-no-again-name = { $client }可以再问我
book-consent-refused = 您没有同意{ $client }
book-consent-left-out = 您没有给{ $client }敏感的那一项
book-consent-may-ask = 您让{ $client }可以再问您
claim-phone_tail = 手机号后 4 位
claim-note-phone_tail = 只够核对，打不通。
claim-plate_tail = 车牌号后 2 位
claim-note-plate_tail = 只够核对，查不到车。
claim-care_needed = 需不需要照料
claim-note-care_needed = 只回答“是”或“否”，不给等级。
fact-phone_tail = 手机尾号 { $value }
fact-plate_tail = 车牌尾号 { $value }
fact-care_needed-true = 需要照料
fact-care_needed-false = 不需要照料
claim-need-care_level_band = 好安排合适的人、合适的时间上门。只知道“需要”也能先安排，再当面商量。
claim-risk-care_level_band = 别人知道您需要照料，可能上门推销，或者看轻您。它只能为这件事用，每看一次都记在访客簿里。

### What a resident may ask of her record

rights-title = 我的权利
rights-heading = 您的信息，您说了算
rights-note = 下面每一项都免费，不需要说明理由。
rights-law = 依据：《个人信息保护法》第四十四条至第五十条。
rights-see = 看：社区记了我什么
rights-see-note = 全部信息，一项一项看
rights-correct = 改：哪里写错了
rights-correct-note = 自己的说法马上改，要核对的交给服务中心
rights-copy = 拿：要一份副本
rights-copy-note = 打印出来，或者下载成文件
rights-why = 问：为什么会看到我的信息
rights-why-note = 在记录里点“为什么”
rights-move = 搬：我要搬走
rights-move-note = 带走自己的信息，告诉各个应用
mine-rights-note = 更正、副本、搬家
data-correct = 更正我的信息
correct-heading = 哪一项要改？
correct-note = 改了什么、什么时候改的，都记在“谁看过我的信息”里。
correct-none = 还没有填
correct-waiting = 已提交，服务中心正在核对
correct-checked = 服务中心核对后生效
correct-at-once = 马上生效
correct-go = 更正
correct-name = 更正{ $field }
correct-now = 现在的记录：{ $value }
correct-now-none = 现在没有记录。
correct-right = 正确的是
correct-empty = 留空表示删掉这一项。
correct-evidence = 凭什么可以核对？
correct-evidence-hint = 例如：带身份证到服务台；新手机号可以打来核对。不要在这里写证件号码。
correct-due = 服务中心最晚在 { $date } 前答复。
correct-send = 交给服务中心核对
correct-save = 保存
correct-wrong-value = { $field }不是这样写的，请看下面的说明再填一次。
correct-wrong-evidence = 请写一句凭什么可以核对（不超过 1000 字）。
correct-wishes = 语言和字号在“我的”里直接切换，会一直记住。
correct-hint-name = 按证件上的写法。
correct-hint-document_number = 18 位身份证号，或者证件上的号码。
correct-hint-birth_date = 例如 1962-03-15。
correct-hint-phone = 11 位手机号。
correct-hint-email = 例如 name@example.cn。
correct-hint-emergency_phone = 手机或座机都可以。
correct-hint-building = 例如 3 栋。
correct-hint-plate = 例如 皖A12345。
corrected-done = { $field }已改好
corrected-removed = { $field }已删掉
corrected-book = 这次更正已经记下来。
corrected-asked = 已交给服务中心
corrected-asked-say = { $field }要核对后才会改。最晚 { $date } 前答复，结果会写到您的消息里。
corrected-back = 继续
copy-heading = 要一份副本
copy-what = 社区记录的您的全部信息、您同意过什么、谁看过，都在里面。
copy-paper = 看全部并打印
copy-file = 下载成文件（JSON）
copy-careful = 副本里的信息没有打码，请收好，不要发给别人。
copy-schema = 文件的格式
copy-schema-say = 格式是公开的，任何人都能读懂：
copied-title = 我的信息副本
copied-heading = { $community }记录的我的信息
copied-made = 制作于{ $moment }
copied-print = 用浏览器的“打印”可以打到 A4 纸上。
copied-consents = 我同意过什么
copied-looks = 谁看过（最近 { $shown } 次，共 { $all } 次）
copied-refused = 被拒绝：{ $reason }
copied-entry = 记录第 { $number } 号
move-heading = 我要搬走
move-flat = 记录中您住在：{ $flat }
move-gone = 记录中您已经不住在这里。
move-take = 带走我的信息
move-take-say = 一个签了名的文件。新社区收下后，不用再从头登记；旧地址不在里面。90 天内有效，请收好。
move-take-button = 下载搬家文件
move-out = 告诉大家我搬走了
move-out-apps = { $count } 个应用马上不能再看您的信息，并会收到通知。
move-out-flat = 您的楼栋、单元、房号会删掉，从此不算本社区居民。
move-out-keeps = 您还可以登录，查看记录、拿副本、要求删除。
move-out-button = 我搬走了
moved-heading = 已经记下：您搬走了
moved-say =
    { $count ->
        [0] 没有要停的应用；您以前同意过的，都会收到通知。
       *[other] 停止了 { $count } 个应用，它们都会收到通知。
    }
moved-wrong = 按错了？请到“更正”里重新填楼栋、单元和房号。
book-why = 为什么
book-copied = 您拿了一份全部信息的副本
book-packed = 您下载了搬家文件
book-moved-out = 您搬走了
why-title = 为什么会有这次访问
why-allowed = { $client }为什么能看？
why-refused = { $client }为什么没看成？
why-purpose = 用来做什么
why-basis = 凭什么
why-consent = 您在 { $day } 同意，到 { $until } 为止。
why-consent-see = 看这份同意
why-no-consent = 没有找到您的同意。
why-proof = 怎么证明
why-proof-say = 这是总账的第 { $number } 条，盖过章，谁也改不了。
why-proof-file = 存下它的证明
why-how = 怎么决定的
why-how-say = 由系统按规则逐项核对，没有人工参与。
why-how-rule = 规则：同意在当时有效、用途相同、只限同意过的项目；先写下这条记录，再打开信息。
why-claims = 每一项
why-made-from = 来自您的：
why-required = 这个用途必须有它
why-optional = 您选择给的
why-separate = 敏感信息，您单独同意过
why-unknown = 这个用途不该要它
error-document-taken = 这个证件号码已有人登记
error-document-taken-say = 社区里另一位居民登记了同一个证件号码，所以没有改。
error-document-taken-do = 请带上证件到服务台当面核对。
error-record-erased = 信息已经删除
error-record-erased-say = 您的信息已经删除，没有可以打开或更改的内容。
error-record-erased-do = 有疑问请找服务中心。
error-moved-before = 之前已经登记搬走
error-moved-before-say = 记录中您已经不住在这里，这次什么也没有改。
error-moved-before-do = 如果又搬回来，请到“更正”里重新填写楼栋、单元和房号。
### 长期不给

never-title = 长期不给的信息
never-answer =
    { $count ->
        [0] 您还没有定下{"\u200B"}长期不给的信息
       *[other] 有 { $count } 样信息，您长期不给
    }
never-note = 定下以后，马上管用：不管它问不问、您以前同意没同意，都给不出去。
# $claim 信息的名称
never-choose = { $claim }，不给谁
never-asked = 谁来问，您再定
# $parties 用顿号连起来的单位种类
never-says = 不给：{ $parties }
never-anybody-says = 谁都不给
never-how = 按一下就不给，再按一下就放开。放开以后也不会自动给出去，还是先来问您。
party-anybody = 谁都不给
book-kept-back = 您定下：这一样长期不给
book-let-go = 您放开了：这一样可以再来问
reason-kept_back = 这一样您长期不给

### 不用同意的依据

bases-label = 不需要您同意，但您有权知道
bases-why = 为什么
bases-who = 谁在用
bases-fields = 用到什么
bases-rule = 依据
bases-kept = 留多久
bases-words = 您的理由（可以不写）
bases-object = 我有异议
bases-object-note = 会有专人答复，您在“我的”里看得到。
bases-objected = 您已经提出异议
bases-objected-due = 最晚 { $date } 答复您。
bases-objected-case = 看看到哪一步了
basis-roster = 住户名册
basis-why-roster = 物业公司按服务合同登记住户，交来的名册封存在这里。封存以后，谁看都要您同意。
basis-kept-roster = 住在这里期间；搬走或者注销后删除。
basis-invitation = 打印邀请单
basis-why-invitation = 服务中心给每位住户打印一张邀请单，要看名字和门牌。每看一次，都写进您的访客簿。
basis-kept-invitation = 打印时用一下，不另外保存。
basis-access_log = 访客簿
basis-why-access_log = 法律要求记下谁在什么时候看过什么。这本账谁都改不了，也是为了让您看得到。
basis-kept-access_log = 您注销以后再封存至少 6 个月，然后销毁。
basis-consent_proof = 同意的凭证
basis-why-consent_proof = 万一有争议，要能证明您看到了什么、同意了什么。
basis-kept-consent_proof = 和访客簿一样久。
purpose-basis-roster = 住户名册
purpose-basis-invitation = 打印邀请单
purpose-basis-access_log = 访客簿
purpose-basis-consent_proof = 同意的凭证
for-whom = 为谁办？
for-whom-me = 我自己
reason-consent_deferred = 监护人给的同意，等本人自己决定
reason-consent_invalidated = 给这份同意的人没有监护权
error-mandate-conflict = 您为这家单位工作
error-mandate-conflict-say = 您不能替别人同意自己单位的应用。什么都没有给出去。
error-mandate-conflict-do = 请本人自己来办，或者到服务台。
apps-deferred = 监护人替您同意的，{ $day }起等您自己决定
child-title = 替我的孩子办
child-note = 孩子要和您住在同一户。满十四岁前由您办，满十四岁起由孩子自己决定。
child-name = 孩子的姓名
child-born = 出生日期
child-relation = 您是孩子的
child-then = 提交以后，请带户口本到服务台核对。核对以后才生效。
child-ask = 申请，用通行密钥确认
family-child-note = 父母或监护人
family-only-note = 悄悄停掉所有代办
only-title = 以后只由我自己办
only-on = 现在只由您自己办
only-say = 按一下，下面的马上生效，不会通知任何人。
only-mandates = 您给别人的代办全部停止
only-devices = 别的手机和电脑全部退出登录
only-household = 同住的人按地址查不到您，也不往家里寄东西、发消息
only-help = 有危险，打 110。妇女维权热线 12338，未成年人 12345。
only-press = 马上这样办
only-take-back = 取消
error-mandate-no-child = 没有找到这个孩子
error-mandate-no-child-say = 同一户里没有这个姓名和出生日期。什么都没有改变。
error-mandate-no-child-do = 看看有没有写错，或者带户口本到服务台。
error-child-tries = 今天试的次数太多了
error-child-tries-say = 为了保护孩子，一天只能试五次。什么都没有改变。
error-child-tries-do = 明天再试，或者带户口本到服务台，当面办。
desk-place-guardians = 监护人
# $count 几位
guardians-heading = { $count ->
    [0] 没有监护人在等
   *[other] { $count } 位监护人在等核对
  }
guardians-note = 当面看过证件再核对。只记看了哪一种，不记号码。
# $guardian、$child 打码的姓名
guardians-who = { $guardian } 要替 { $child } 办
# $day 日期
guardians-until = 到 { $day } 自动结束
guardians-paper = 看了哪种证件
guardians-paper-household-register = 户口本
guardians-paper-birth-certificate = 出生医学证明
guardians-paper-court-decision = 法院文书
guardians-paper-committee-letter = 居委会证明
guardians-no = 不符
guardians-yes = 核对无误

### 长期不给的，问的时候不问

consent-kept = 不给
# $party 单位的种类，$claim 信息的名称
consent-kept-say = 您说过：{ $claim }，不给{ $party }看。所以这次不问您，也给不出去。
consent-kept-change = 去改这一条
# $claims 信息的名称
consent-kept-all = 您长期不给，这次没有问：{ $claims }
consent-blocked = 这次同意不了
consent-blocked-say = 它非要不可的信息，您定下了长期不给。您可以不同意、以后再说，或者先去改那一条，再回到这一页。
error-kept-back = 您定下了长期不给
error-kept-back-say = 里面有一样信息，您说过不给这类单位看。什么都没有同意，什么都没有给出去。
error-kept-back-do = 要给，先到“长期不给的信息”里改；不给，什么都不用做。
# $party 单位的种类
desk-kept = 本人定下：不给{ $party }看
desk-blocked = 本人定下长期不给其中必需的一样，这里办不了。本人要改，请在自己的手机上改。

### 代办：补上的

mandate-standing-waiting-desk = 等服务台当面核对
mandate-right-object = 替我提异议
mandate-right-note-object = 有应用看得不对，他能替您提出来，结果还是告诉您
### 去世以后：封存、近亲属来问、生前的安排

desk-place-sealings = 已故封存
sealings-heading = 登记已故的：{ $count } 位
sealings-note = 一位同事登记，另一位也看过证明再确认，记录马上封存。7 天之内，本人用通行密钥就能撤销。
sealing-evidence-death_certificate = 看过死亡证明
sealing-evidence-household_cancelled = 看过户口注销证明
sealing-evidence-court_declared = 看过法院宣告死亡的判决
sealing-asked = { $name }登记，{ $moment }
sealing-confirmed = { $name }已确认，记录封存了
sealing-waits = { $moment } 以前，本人可以用通行密钥撤销
sealing-final = 7 天已过，近亲属的请求可以答复
sealing-confirm = 我也看过证明，封存
sealing-stop = 撤回登记
sealing-ask-lift = 封错了，请同事解封
sealing-lift-asked = { $name }请求解封
sealing-lift = 我也核对过，解封
desk-died = 这位居民去世了
desk-died-evidence = 您看到了什么证明？
desk-died-note = 还要另一位同事确认。本人会收到通知；登记以后本人登录过，就封存不了。
desk-died-say = 登记
desk-sealing = 有同事登记这位居民已经去世
desk-erases = { $moment } 将删除全部信息
desk-keep-note = 本人改主意了，可以在这里撤销，由本人用手机或卡确认。
desk-keep-none = 本人改主意了，要先办一张卡，才能在这里确认撤销。
desk-keep = 撤销删除
desk-act-keep = 撤销删除全部信息
still-here-title = 我还在
still-here-heading = 您的记录被登记为已故，封存了
still-here-what = 两位工作人员登记了这件事。如果弄错了，按下面的按钮，一切恢复原样。
still-here-button = 我还在，马上解封
still-here-note = 封存起 7 天之内可以自己解封；过了 7 天，请到服务台办。
tell-sealing-asked = 有工作人员登记您已经去世。弄错了的话，现在打开任何一页就够了：我们看到您，就不会封存。
tell-sealed = 您的记录已按去世封存。弄错了的话，7 天之内登录一次，按“我还在”。
tell-unsealed = 您的记录已经解封，跟以前一样。
book-sealing-asked = 服务中心登记您已经去世
book-sealed = 服务中心封存了您的记录：没有应用能看
book-unsealed = 您的记录解封了
book-arranged = 您安排了身后的事
reason-resident_sealed = 您的记录当时已封存
after-title = 身后的安排
after-short = 去世以后，谁可以来问您的信息
after-heading = 去世以后，谁可以来问？
after-note = 法律让近亲属为了自己正当的需要，查看、复制或删除您的信息。您说了别的，就按您说的办。
after-who = 您的安排
after-law = 按法律，近亲属可以来问
after-nobody = 谁也不可以
after-named = 只有一个人可以
after-name = 这个人的姓名（选了“只有一个人”才要写）
after-keep = 就这样定
relative-title = 亲人去世了
relative-short = 请求查看、复制或删除亲人的信息
relative-heading = 为去世的亲人提出请求
relative-note = 请带上您的证件和亲属关系证明到服务台。最迟 { $day } 答复您。
relative-name = 去世的亲人叫什么？
relative-relation = 他或她是您的什么人？
relative-was-spouse = 配偶
relative-was-child = 子女
relative-was-parent = 父母
relative-was-sibling = 兄弟姐妹
relative-was-grand = 祖父母、外祖父母，或孙辈
relative-words = 您为什么需要？
relative-asks-copy = 要一份副本
relative-asks-erase = 请求删除
relative-died = 去世的人
relative-wants = 请求
relative-record = 是哪一份记录？
relative-record-none = 还不能确定
relative-record-note = 同意之前要选定一份，封存满 7 天的才在这里。本人生前另有安排的，系统不会让您同意。
relative-copy-title = 去世亲人的信息
relative-copy-open = 打开副本
relative-copy-until = { $day } 以前可以打开和打印。
case-owner = 由服务中心的{ $name }负责。
case-owner-desk = 由社区服务台负责。

### 替别人看：这些句子说的是对方
about-home-answer =
    { $count ->
        [0] 现在没有应用{"\u200B"}可以看到{"\u200B"}对方的信息。
       *[other] 有 { $count } 个应用{"\u200B"}可以看到{"\u200B"}对方的部分信息。
    }
about-home-last-none = 还没有应用看过对方的信息。
about-home-large-book = 看看谁看过对方的信息
about-home-large-data = 看对方的信息
about-apps-none = 应用想看对方的信息，会先来问。同意了，它才会出现在这里。
about-apps-withdrawn = { $moment } 由对方停止
about-app-heading = { $client }{"\u200B"}能看到{"\u200B"}对方的部分信息
about-app-heading-ended = { $client }{"\u200B"}已经看不到{"\u200B"}对方的信息
about-app-heading-paused = { $client }{"\u200B"}暂时看不到{"\u200B"}对方的信息
about-app-agreed = 同意过什么
about-app-refused = 没有给的
about-app-paused-say = 已经暂停。它现在读不到任何东西。
about-filter-sort-reads = 看了对方的信息
about-filter-sort-behalf = 别人替办的
about-book-heading = 谁看过对方的信息
about-book-empty = 访客簿还是空的。有人看对方的信息，这里第一时间就有。
about-book-consent-given = 对方同意{ $client }看
about-book-consent-changed = 对方改了给{ $client }看的内容
about-book-consent-withdrawn = 对方停止了{ $client }
about-book-consent-paused = 对方暂停了{ $client }
about-book-consent-resumed = 对方恢复了{ $client }
about-book-consent-refused = 对方没有同意{ $client }
about-book-consent-left-out = 对方没有给{ $client }敏感的那一项
about-book-consent-may-ask = 对方让{ $client }可以再来问
about-book-import = 社区名册送来对方的信息
about-book-edit = 对方改了自己的信息
about-book-copied = 对方拿了一份全部信息的副本
about-book-moved-out = 对方搬走了
about-book-own-views =
    { $count ->
        [1] 对方看过自己的信息
       *[other] 对方看过自己的信息，{ $count } 次
    }
about-book-others-views = 替对方办事的人看了 { $count } 次
about-book-kept-back = 对方定下：这一样长期不给
about-book-let-go = 对方放开了：这一样可以再来问
about-book-other = 另一件与对方有关的事
about-why-consent = 对方在 { $day } 同意，到 { $until } 为止。
about-why-no-consent = 没有找到对方的同意。
about-why-made-from = 来自对方的：
about-why-optional = 对方选择给的
about-why-separate = 敏感信息，对方单独同意过
about-apps-deferred = 监护人替对方同意的，{ $day }起等对方自己决定
about-data-title = 对方的信息
about-data-heading = 社区登记了{"\u200B"}对方的这些信息
about-data-note = 平时都打着码，按“显示”才看得到。您每看一次，对方的访客簿里也记一笔。
about-data-none = 社区还没有登记对方的信息。
about-data-source-resident = 本人填的，{ $day }
about-data-group-person = 是谁
about-data-group-contact = 怎么联系

### Emergencies, and what takes two people
error-approval-late = 批准得太晚了
error-approval-late-say = 同事提出的请求要在 15 分钟内批准。什么都没有打开。
error-approval-late-do = 请同事重新提出。
### 审计：查询记录
desk-place-reviews = 记录
reviews-heading = 找到 { $count } 条记录
reviews-none = 没有这样的记录
reviews-looked = 打开了 { $opened } 条，看到了 { $moment } 为止。
# $count 条数；$positions 第几条；$more 没有列出的条数。
reviews-altered = 有 { $count } 条记录和当初登记的不一样，或者不见了，下面不包括它们：第 { $positions } 条{ $more ->
    [0] {""}
   *[other] 等
  }。数据库被改动过。请把这件事记进案卷，让运营方用 latchkey ledger verify 逐条查清；公开的账本，您用 latchkey audit 自己核对。
reviews-entered = 您这次查询也已记入账本。
reviews-filter = 要找什么
reviews-kind = 哪一类
reviews-outcome = 结果
reviews-purpose = 目的
reviews-staff = 工作人员或审计员
reviews-anybody = 任何人
reviews-any = 全部
reviews-from = 从
reviews-to = 到（不含）
reviews-alias = 居民代号
reviews-alias-note = 这里没有姓名。代号取前 8 位即可，例如 3f2a9c01。
reviews-since = 从 { $moment }
reviews-until = 到 { $moment }
reviews-resident = 居民 { $alias }
reviews-entry = 记录
reviews-what = 什么事
reviews-who = 谁做的
reviews-whose = 关于谁
reviews-older = 往前再找
reviews-older-note = 每次只打开一部分，更早的还没有看。
review-kind-padding = 填充
review-kind-disclosure = 应用读取信息
review-kind-refusal = 应用读取被拒
review-kind-consent_given = 同意
review-kind-consent_changed = 更改同意
review-kind-consent_withdrawn = 撤回同意
review-kind-consent_expired = 同意到期
review-kind-write = 写入信息
review-kind-self_view = 居民查看自己的信息
review-kind-credential = 通行密钥或恢复码
review-kind-mandate = 代办
review-kind-erasure = 删除
review-kind-staff = 工作人员或审计员的操作
review-kind-operator = 运营方的操作
review-kind-break_glass = 紧急查看
review-kind-statistics = 统计发布
review-kind-case = 居民提出的事
review-outcome-allowed = 放行
review-outcome-refused = 拒绝
review-role-resident = 居民本人
review-role-client = 应用
review-role-operator = 运营方
review-role-service = 系统
review-role-delegate = 代办人
review-role-guardian = 监护人
review-role-staff = 工作人员
review-role-auditor = 审计员
review-role-named = { $name }（{ $role }）
review-why-consent_required = 没有同意
review-why-consent_withdrawn = 同意已撤回
review-why-consent_expired = 同意已到期
review-why-consent_paused = 同意已暂停
review-why-consent_refused = 居民拒绝了
review-why-claim_not_agreed = 这一项没有同意
review-why-scope_too_narrow = 超出同意的范围
review-why-purpose_mismatch = 目的不符
review-why-purpose_withdrawn = 已不许用于这个目的
review-why-client_disabled = 应用已停用
review-why-access_suspended = 账户已锁定
review-why-resident_sealed = 档案已封存
review-why-resident_erased = 信息已删除
review-why-kept_back = 居民从不给出
review-why-review_search = 查询记录
review-why-review_read = 查看一条记录
review-why-desk_look_found_nobody = 查找，没有找到人
review-why-desk_looks_too_many = 查找次数过多
review-why-person_signed_in = 登录
review-entry-heading = 第 { $number } 条：{ $kind }
review-entry-note = 这里没有姓名，也没有任何信息的内容。您的查看也已记入账本。
review-at = 时间
review-reason = 原因
review-claims = 哪些信息
review-consent = 同意记录的代号
review-sought = 查询的条件
review-leaf = 公开账本里的叶
review-position = 位置 { $position }（从 0 数起）
review-proof = 证明
error-emergency-blocked = 紧急查看已停用
error-emergency-blocked-say = 有一次紧急查看超过 72 小时没有复核。复核之前，任何人都不能再申请或批准。
error-emergency-blocked-do = 请审计人员或没有参与的同事现在去复核。
error-emergency-over = 现在不能这样做了
error-emergency-over-say = 它已经批准、结束或复核过。什么都没有改变。
error-emergency-over-do = 请回到紧急查看的列表，看它现在的情况。
error-emergency-unfit = 这样不能申请
error-emergency-unfit-say = 要有原因、说明、案件编号，以及一到五项允许的内容；按楼栋申请时，楼里要有人事先同意。
error-emergency-unfit-do = 请返回把表格填完整。
error-emergency-hand = 要由别的人来办
error-emergency-hand-say = 申请和批准的人不能复核；第一天由审计人员先复核；已经离开的人不算数。
error-emergency-hand-do = 请审计人员或另一位同事来办。
error-emergency-refused = 什么都没有打开
error-emergency-refused-say = 时间到了、次数用完，或者您不是那两个人之一。这次尝试已经记下。
error-emergency-refused-do = 如果情况仍然紧急，请和同事一起重新申请。
claim-phone_full = 完整手机号
claim-contact_name = 紧急联系人姓名
claim-contact_phone = 紧急联系人电话
claim-home_flat = 楼栋、单元和房号
desk-place-emergencies = 紧急查看
desk-emergency = 现在情况紧急
desk-emergency-note = 经一位同事批准，马上查看几项信息。本人会收到通知。
emergencies-heading = { $count ->
    [0] 还没有紧急查看
   *[other] { $count } 次紧急查看
  }
emergencies-note = 两位同事，三十分钟，最多五项。本人马上收到通知，72 小时内由第三个人复核。
emergencies-blocked = 有一次复核已经超时。复核之前，任何人都不能申请或批准紧急查看。
emergencies-ask-one = 关于一位居民
emergencies-ask-one-note = 先找到这位居民，入口在那一页上。
emergencies-ask-building = 关于一栋楼的名单
emergencies-ask-building-note = 楼里事先同意的每一个人。
emergency-title = 紧急查看
emergency-back = 返回
emergency-of-building = { $building }名单上的每一个人
emergency-of-one = 一位居民
emergency-reason = 发生了什么事？
emergency-reason-medical = 有人生病或受伤
emergency-reason-fire = 火灾、燃气、水或电
emergency-reason-missing = 有人走失
emergency-reason-danger = 有人处在危险中
emergency-reason-other = 其他紧急情况
emergency-reason-erased = 档案已经删除
emergency-state-asked = 等第二位同事批准
emergency-state-nothing = 没有批准
emergency-state-open = 现在可以查看
emergency-state-to-review = 等待复核
emergency-state-overdue = 复核已经超时
emergency-state-reviewed = 已经复核
emergency-ask-title = 申请紧急查看
emergency-ask-heading = 紧急情况：{ $who }
emergency-ask-building = 一栋楼里的紧急情况
emergency-ask-note = 申请不会打开任何内容。第二位同事看到的就是您签的原文，要在 15 分钟内批准。
emergency-building = 哪一栋楼？
emergency-building-note = 名单上只有事先同意的居民。
emergency-words = 用您自己的话说明
emergency-case = 案件编号（字母、数字、连字符）
emergency-claims = 需要看什么？最多五项。
emergency-ask = 签名并申请
emergency-case-is = 案件编号 { $case }
emergency-asked-by = { $name }申请，{ $moment }
emergency-approved-by = { $name }批准，{ $moment }
emergency-reviewed-by = { $name }复核，{ $moment }
emergency-reads = 打开了 { $count } 次，涉及 { $people } 人
emergency-review-due = 复核期限：{ $moment }
emergency-approve = 签名并批准
emergency-approve-note = 您批准的就是上面的原文，有效三十分钟。批准的同时本人会收到通知。请在{ $moment }前批准。
emergency-waits = 要由第二位同事在{ $moment }前批准。
emergency-read = 现在打开
emergency-read-note = 每一次都先记进本人的访客簿，再打开。到{ $moment }为止，最多 20 次。
emergency-close = 关闭：不再需要查看
emergency-cancel = 收回申请
emergency-decline = 不批准
emergency-review = 这样做有必要吗？
emergency-review-note = 本人会收到您的结论。您写的话留在服务中心和审计人员那里。
emergency-finding = 您的结论
emergency-finding-justified = 有必要
emergency-finding-unjustified = 没有必要
emergency-review-words = 理由
emergency-review-keep = 签名提交复核
emergency-opened-note = 这一页不会保存。到{ $moment }为止可以再次打开。
emergency-person = 第 { $number } 人
emergency-none = 档案里没有
my-emergencies-title = 紧急情况
mine-emergencies-note = 谁在紧急情况下看过，您是否在本楼名单上
my-emergencies-answer = { $count ->
    [0] 没有人因为紧急情况看过您的信息
   *[other] 因为紧急情况，您的信息打开过 { $count } 次
  }
my-emergencies-note = 要有两位工作人员，只有三十分钟。您马上收到通知，之后由第三个人复核。
my-emergency-hands = { $one }申请，{ $other }批准
my-emergency-by-list = 按本楼名单
my-emergency-reads = 打开了 { $count } 次 · 案件编号 { $case }
my-emergency-unreviewed = 还没有复核
my-emergency-object = 我要对这件事提出异议
my-emergency-on = 您在本楼的名单上
my-emergency-off = 您不在本楼的名单上
my-emergency-moved = 您的住址变了，现在不在任何名单上
my-emergency-list-note = 发生火灾、漏水时，两位工作人员可以看名单上每个人的下面几项信息。没有在这里同意的人不会在名单上，您随时可以退出。
my-emergency-join = 把我加进名单
my-emergency-leave = 把我移出名单
tell-emergency-opened = 因为紧急情况，两位工作人员打开了您的一些信息。点这里看是谁、为什么、看了什么。
tell-emergency-reviewed = 打开过您信息的那次紧急情况，第三个人已经复核。
book-emergency_asked = 工作人员因为紧急情况申请查看您的信息
book-emergency_approved = 第二位工作人员批准了这次紧急查看
book-emergency_read = 因为紧急情况，服务中心打开了
book-emergency_cancelled = 紧急查看的申请收回了，什么都没有打开
book-emergency_declined = 紧急查看没有批准，什么都没有打开
book-emergency_closed = 紧急查看关闭了
book-emergency_reviewed = 第三个人复核了这次紧急查看
book-emergency_listed = 您加入了本楼的紧急名单
book-emergency_unlisted = 您退出了本楼的紧急名单
book-emergency-refused = 一次紧急查看的尝试被拒绝，什么都没有打开

### 见证人（每页顶上的一行，和展开后的话）
# $moment 时刻。
witness-missing = 从{ $moment }起，外部无人见证访客簿
witness-missing-more = 外部见证人证明访客簿没有被改过，现在确认的人不够。每次查看照常登记；满 24 小时仍不够，应用就不能再读取您的信息。
witness-stopped = 应用现在都不能读取：没有外部见证
witness-stopped-more = 从{ $moment }起，没有足够的外部见证人确认访客簿，所以任何应用都不能读取您的信息。您自己的页面照常可用。
witness-disputed = 有见证人说访客簿变了
witness-disputed-more = 一位外部见证人报告：访客簿和它先前看到的不一样。服务中心必须查明原因；您可以向审计员询问。
witness-see = 看见证人的情况
reason-ledger_unwitnessed = 当时没有外部见证人确认访客簿
transparency-title = 大家都可以知道的
transparency-link = 大家都可以知道的
transparency-link-note = 看了多少、拒绝了多少、拖延了多少，都是数字
transparency-answer = 这个月，应用看了 { $reads } 次，被拒绝 { $refused } 次
transparency-soon = 数字正在第一次统计
transparency-note = 这里是本社区服务的数字，没有任何个人信息。每一条记录，任何人都可以在公开的树里重新数一遍。
transparency-witnesses = 谁在看着记录不被改写
transparency-unwatched = 没有人。这个服务没有独立的见证人：记录对每个人都一样，只是它自己的说法。
transparency-watched = { $all } 个独立见证人中，有 { $present } 个在最近几分钟确认了记录。
transparency-witness-signed = 确认了 { $size } 条记录，{ $moment }
transparency-witness-missing = 从{ $moment }起没有消息
transparency-witness-new = 还没有问过
transparency-witness-disputes = { $moment }起一直说，访客簿和它先前看到的不一样
transparency-now = 现在
transparency-apps = 居民可以允许查看的应用
transparency-overdue-deletions = 到月底还没有确认的逾期删除
transparency-overdue-answers = 到月底还没有答复的逾期异议和询问
transparency-overdue-reviews = 72 小时内没有复核的紧急查看
transparency-months = 每个月
transparency-month = { $year } 年 { $month } 月
transparency-month-says = 看了 { $reads } 次
transparency-disclosures = 应用查看
transparency-refusals = 被拒绝的查看
transparency-given = 给出的同意
transparency-withdrawn = 撤回的同意
transparency-emergencies = 工作人员的紧急查看
transparency-unjustified = 其中没有必要的
transparency-sealings = 因去世封存的档案
transparency-erasures = 删除档案的步骤（提出、撤销、完成）
transparency-partners = 应用说到做到了吗
transparency-no-partners = 还没有结束的月份。一个月结束后，这里会公布这个月的情况，公布后不再改动。
transparency-deletions = 到期的删除
transparency-answers = 到期的答复
transparency-number = { $count }
transparency-made = 统计于{ $moment }。
transparency-small = 每类记录的总数，谁都能从公开的账本里数出来，所以照实写。涉及居民人数的数字、各个应用的数字，每个月结束后公布一次，不再改动。1 到 { $count } 不公布，能推算出它们的数字也不公布。
transparency-tree = 记录
transparency-size = 签过名的记录有 { $count } 条。它的指纹：
transparency-no-tree = 还没有签过名的记录。
transparency-checkpoint = 签名的检查点
transparency-key = 签名用的公钥
transparency-json = 本页的 JSON
transparency-expired = 到期的同意
transparency-not-over = 涉及居民人数的，等这个月结束后公布，公布后不再改动。
transparency-month-apps = { $count } 项
transparency-closed-apps = 不再开放的应用（合计）
transparency-kept-nothing-late = 没有拖延
transparency-kept-some-late = 有拖延的
transparency-kept-nine-in-ten = 九成以上按时
transparency-kept-half = 一半以上按时
transparency-kept-fewer = 按时的不到一半
transparency-withheld = 不公布
transparency-stale = 这些数字已经旧了：本该每分钟统计一次，上一次是{ $moment }。
transparency-behind = 有些记录这次没有数到，下面的数字可能偏少。
transparency-unread = 有 { $count } 条记录在统计时已经不是写下时的样子，或者不见了。任何人都可以下载公开的树查证。

### 审计：图表和异常
desk-place-charts = 图表
desk-place-anomalies = 异常
charts-heading = 最近 { $days } 天，应用读取 { $reads } 次，被拒 { $refused } 次
charts-incomplete = 账本很长，后台还在数。过几分钟再来看，或者刷新一次，再往前数一段。
charts-heading-partly = 还没有数完：从{ $moment }起，应用读取 { $reads } 次，被拒 { $refused } 次
anomalies-heading-partly =
    { $count ->
        [0] 还没有数完：从{ $moment }起没有发现异常，更早的还不知道
       *[other] 还没有数完：从{ $moment }起有 { $count } 处值得看一看
    }
anomalies-skipped = 要与此前 30 天比较的规则（夜里读取、远多于平时、要了却从不读）这次没有算。
charts-spans = 多少天
charts-span = { $count } 天
chart-hours-title = 一天里哪个小时读取
chart-hours-none = 没有读取，也没有被拒。
chart-hours-column = 几点
chart-days-title = 每天读取
chart-days-none = 没有读取，也没有被拒。
chart-days-column = 日期
chart-residents-title = 每位居民被读取的次数
chart-residents-none = 没有人的信息被读取。
chart-residents-column = 次数
chart-residents-series = 居民人数
chart-objections-title = 还没有了结的反对，等了多少天
chart-objections-none = 没有等待答复的反对。
chart-objections-column = 天数
chart-objections-series = 在期限内
anomalies-heading =
    { $count ->
        [0] 最近 7 天没有发现异常
       *[other] 最近 7 天有 { $count } 处值得看一看
    }
anomalies-note = 每一处都由账本里的记录算出，与此前 30 天比较。异常不等于违规：请看记录，再下结论。您的查看也已记入账本。
anomaly-show = 看这些记录
anomaly-title-night = 夜里读取
anomaly-title-far-above = 远多于平时
anomaly-title-many-residents = 一小时内涉及的居民太多
anomaly-title-never-read = 要了却从不读
anomaly-title-in-a-row = 连续被拒
anomaly-night = { $app } 从 { $day } 23 点到次日 6 点读取了 { $count } 次；此前 30 天里它有 { $days } 天读取过，夜里读取的有 { $nights } 夜。
anomaly-far-above = { $app } 在 { $day } 读取了 { $count } 次；此前 30 天里，有读取的日子中位数是 { $median } 次。
anomaly-many-residents = { $app } 在 { $moment } 起的一小时里，为“{ $purpose }”读取了 { $count } 位居民的信息；这个目的一小时最多需要 { $need } 位。
anomaly-never-read = { $app } 为“{ $purpose }”请居民同意了 { $claims }，30 天里读取 { $count } 次，却一次也没有读过。
anomaly-in-a-row = { $app } 从 { $moment } 起连续被拒 { $count } 次，中间没有一次放行。
anomaly-rule-night = 规则：一夜至少 3 次，此前至少 7 天有读取，其中夜里不到十分之一。
anomaly-rule-far-above = 规则：一天至少 10 次，超过中位数的 3 倍，此前至少 3 天有读取。
anomaly-rule-many-residents = 规则：超过配置里这个目的每小时需要的人数。
anomaly-rule-never-read = 规则：30 天内有人同意或者更早同意而仍然有效，应用 30 天里至少读取 10 次，而这一项从未读过。
anomaly-rule-in-a-row = 规则：至少 10 次，中间没有放行。
review-why-review_charts = 查看图表
review-why-review_anomalies = 查看异常

### 审计：案卷、导出、查实身份
desk-place-dossiers = 案卷
desk-place-names = 查实身份
dossiers-heading =
    { $count ->
        [0] 没有未结的案卷
       *[other] { $count } 份案卷未结
    }
dossiers-note = 任何审计员都可以写。写下的不能改、不能删，每一步都记入账本。
dossier-title = 标题
dossier-state = 状态
dossier-notes = 记述
dossier-entries = 记录
dossier-closed = { $name } 于 { $day } 结案
dossier-opened = { $name } 于 { $day } 立案
dossier-which = 放进哪份案卷
dossier-new = 新案卷
dossier-into = 把这 { $count } 条放进案卷
dossier-put = 放进案卷
dossier-no-notes = 还没有记述。
dossier-note = 新的记述
dossier-write = 写下
dossier-entries-count = { $count } 条记录
dossier-no-entries = 还没有放进记录。先查询，再放进来。
dossier-close-note = 结案以后不能再写，可以重新打开。
dossier-close = 结案
dossier-reopen = 重新打开
export-title = 导出
export-note = 一个 ZIP 文件：JSON、CSV 和本系统的签名，任何人都能核对。导出会记入账本。
export-press = 签名并导出
names-heading =
    { $count ->
        [0] 没有等您批准的
       *[other] { $count } 件等您批准
    }
names-note = 查实一位居民是谁，要写明理由，由另一位审计员批准。姓名只显示一次，并会立即告诉本人。
name-of = 居民 { $alias }
name-asked = { $name } 提出，{ $moment }
name-approved = { $name } 批准
name-until = 到 { $moment }
name-approve = 批准
name-other = 要由另一位审计员批准。
name-open = 查看姓名（仅一次）
name-cancel = 取消
name-state-waiting = 等待批准
name-state-approved = 已批准
name-state-opened = 姓名已显示
name-state-cancelled = 已取消
name-state-lapsed = 已过期
name-shown = 居民 { $alias } 是 { $name }
name-shown-note = 只显示这一次。已记入居民的访客簿，并已告诉本人。
name-ask = 这位居民是谁？
name-ask-note = 需要另一位审计员在 15 分钟内批准。看到姓名时，本人会立即知道。
name-reason = 理由（另一位审计员会看到原文）
name-ask-press = 签名并提出
tell-identified = 两位审计员查看了您的姓名，为了核对账本里的一条记录。有疑问可以提出反对。
book-identified = 两位审计员核对记录时查看了您的姓名
error-review-over = 现在办不了了
error-review-over-say = 这件事已经了结、过期，或者有人先办了。什么都没有改变。
error-review-over-do = 回到列表看看现在的状态。
error-review-altered = 这里的记录被改动过
error-review-altered-say = 数据库里的内容和当初登记进账本的不一样，所以不给您看。
error-review-altered-do = 请把时间和网址记下来，让运营方用 latchkey ledger verify 查清是哪一条；公开的账本，您用 latchkey audit 自己核对。
error-review-hand = 要由另一位审计员来做
error-review-hand-say = 提出的人不能自己批准。什么都没有改变。
error-review-hand-do = 请另一位审计员登录后批准。
review-why-review_exported = 导出记录
review-why-review_export_signed = 导出已签名
review-why-dossier_opened = 立案
review-why-dossier_noted = 在案卷里记述
review-why-dossier_attached = 把记录放进案卷
review-why-dossier_closed = 结案
review-why-dossier_reopened = 重新打开案卷
review-why-dossier_read = 查看案卷
review-why-dossier_exported = 导出案卷
review-why-identify_asked = 提出查实身份
review-why-identify_approved = 批准查实身份
review-why-identify_cancelled = 取消查实身份
review-why-identified = 查看了姓名
### 核对访客簿

check-title = 核对
check-busy = 正在核对……
check-busy-count = 已查 { $done } 条，共 { $all } 条
check-whole = 已核对：关于您的 { $entries } 条记录，一条不少，没有被改过。
check-whole-first = 这台设备是第一次核对。下次会拿这次的结果来比。
check-whole-since = 和 { $moment } 在这台设备上核对时相比：只添了新的，旧的一个字没动。
check-whole-newer = 打开这一页之后，又添了 { $count } 条。
check-whole-newer-go = 看新的
check-whole-partly = 总账很长：这台设备从第 { $partly } 条往后逐条查过。再往前的，可以存下证据请人查。
check-found-gap = 有问题：关于您的第 { $number } 条记录不见了。
check-found-gap-say = 您的记录是连着编号的，中间少了一条：有一件与您有关的事，没有让您看到。
check-found-hidden = 有问题：总账的第 { $number } 条是关于您的，却没有给您看。
check-found-hidden-say = 总账人人可查，里面有一条带着您的记号，这本访客簿里却没有。
check-found-altered = 有问题：您的第 { $number } 条记录，和当时写下的不一样。
check-found-altered-say = 记录写下时就封了口。现在打开的内容，和封口对不上。
check-found-misplaced = 有问题：您的第 { $number } 条记录不在总账里。
check-found-misplaced-say = 这一条给您看了，盖过章的总账里却没有它，或者它换了位置。
check-found-unsigned = 有问题：总账的签章不对。
check-found-unsigned-say = 给您看的总账，没有用这里公布的钥匙签章。
check-found-other-key = 有问题：总账换了签章的钥匙。
check-found-other-key-say = 和这台设备上次看到的钥匙不一样。换钥匙要事先公告，请向服务中心问清楚。
check-found-shrunk = 有问题：总账变短了。
check-found-shrunk-say = 这台设备上次看到它有 { $number } 条，现在反而少了。
check-found-rewritten = 有问题：总账里旧的记录被改过。
check-found-rewritten-say = 和这台设备上次看到的总账对不上。
check-found-unshown = 有问题：这一页上的第 { $number } 条，不在您的记录里。
check-found-unshown-say = 页面上给您看的，和总账里记的不一样。
check-found-omitted = 有问题：总账的第 { $number } 条是关于您的，这一页却没有列出来。
check-found-omitted-say = 您的设备打开了您的全部记录，和这一页一条一条比过：少了这一条。
check-found-replaced = 有问题：您前面的 { $number } 条记录里，有一条被换掉了。
check-found-replaced-say = 编号还是连着的，可和这台设备上次看到的不是同一条。
check-found-stale = 有问题：总账停住了，新写的没有盖进去。
check-found-stale-say = 您的设备刚刚留了一个记号，等了一会儿，盖过章的总账里还是没有。给您看的可能是一本旧账。
check-found-withheld = 有问题：核对要用的东西，这里没有交出来。
check-found-withheld-say = 网络是通的，这边也答了话，可是给的东西缺了，或者读不懂。
check-bad-do = 请先别关这一页。打下面的电话，或者带上这台设备到服务台。也可以把证据存下来，交给居委会或者审计人员，他们不用问我们就能查清楚。
check-cannot = 这次没能核对完。
check-cannot-say = 可能是网络断了，或者这个浏览器太旧。这不等于有问题。您可以再试一次，也可以把证据存下来，请人核对。
check-again = 再核对一次
check-ask = 想知道这本访客簿有没有少一条、改一条？让您的设备自己查一遍。先用一次通行密钥。
check-go = 核对我的访客簿
check-noscript = 这个浏览器不运行脚本，不能在这里核对。可以在下面把证据存下来，请人用门钥的命令核对。
check-how = 怎么核对的？
check-how-say = 每件事写下时，都封好放进一本人人可查的总账，盖上签章。您的浏览器拿您的每一条重新算一遍：内容对不对得上封口，在不在总账里，编号连不连，总账里有没有哪条带着您的记号却没给您看，总账和上次看到的是不是同一本，还在不在往下写，这一页有没有漏。全程不听我们说，只看数。
check-facts = 总账共 { $size } 条，根 { $root }…。
book-lost-say = 我们自己打开访客簿时就发现了：库里的记录被人动过。请打下面的电话告诉我们，也可以把证据存下来交给居委会或者审计人员。
check-file = 存下证据（文件）
emergency-home-asked = { $count } 次紧急查看正在等第二位同事批准
emergency-home-review = { $count } 次紧急查看等待复核
emergency-home-overdue = { $count } 次紧急查看的复核已经超时：复核之前，谁都不能再用

### Emergencies: what does not open, and whoever looks

emergency-state-altered = 被改动过
emergency-altered-note = 数据库里的记录和签名不符，或者已经读不出来。凭它什么都打不开。请复核，并告诉运行服务的人。
emergency-reason-gone = 说明已经按期删除
emergency-reason-unread = 已经读不出来
emergency-missing = 还有 { $count } 份档案没有打开：已封存、已删除，或者损坏。
emergency-words-note = 不要写姓名、房号或电话。复核的人会读到这些话。
book-emergency_same_hand = 申请人想自己批准这次紧急查看，被拒绝了，什么都没有打开
review-why-emergencies_listed = 查看紧急查看的列表
review-why-emergency_seen = 查看一次紧急查看
review-why-names_listed = 查看身份查实的列表
review-why-dossiers_listed = 查看案卷的列表
reviews-unread = 还有 { $count } 份读不出来：数据库里的记录被改动过。请告诉运行服务的人。

### 访客簿不再签名（每页顶上的一行，和展开后的话）
# $moment 时刻。
ledger-contradicted = 应用现在都不能读取：访客簿对不上
ledger-contradicted-more = 从{ $moment }起，访客簿和先前签过名的内容对不上，系统已停止签名，任何应用都不能读取您的信息。服务中心必须查明原因；您自己的页面照常可用，也可以向审计员询问。
ledger-unsigned = 从{ $moment }起，访客簿没有新的签名
ledger-unsigned-more = 每次查看照常登记，但新登记的还没有签名，暂时不能核对。满 24 小时仍这样，应用就不能再读取您的信息。
ledger-unsigned-stopped = 应用现在都不能读取：访客簿没有签名
ledger-unsigned-stopped-more = 从{ $moment }起，访客簿没有新的签名，所以任何应用都不能读取您的信息。您自己的页面照常可用。
reason-ledger_unsigned = 当时访客簿不能签名

### A link of another site, and case files along their entries

desk-arrival-title = 来自别处的链接
desk-arrival-heading = 还没有打开任何内容
desk-arrival-note = 这个链接来自别的网站。您打开什么，都会以您的名义记进账本。
desk-arrival-go = 打开
desk-arrival-stay = 不打开
dossier-incomplete = 没有查到账本末尾：后来的步骤可能不在这里。可以在记录里查找。
