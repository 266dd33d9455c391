/** One refusal: what SDL refusals, REST problems and pages all say (错误目录, decision 12). */
export type CatalogueEntry = { message: string; messageEnglish: string; remedy: string; httpStatus: number }

/**
 * Every refusal that a client may meet, by its stable code. Each has a test that provokes it.
 * `{name}` is filled in by `refusal()`.
 */
export const errorCatalogue = {
  UNAUTHENTICATED: {
    message: '尚未登录、登录已失效或密钥不正确',
    messageEnglish: 'Nobody is signed in, the session has ended, or the key is wrong',
    remedy: '请登录，或检查密钥。Sign in, or check the key.',
    httpStatus: 401,
  },
  NOT_PERMITTED: {
    message: '当前身份无权进行此操作',
    messageEnglish: 'This identity may not do this',
    remedy: '请换用有权限的账号，或联系本地主管机构。Use an account with the right, or ask your management body.',
    httpStatus: 403,
  },
  SCOPE_NOT_COVERED: {
    message: '请求的范围超出本账号的可见范围',
    messageEnglish: 'The scope asked for lies outside this account’s own',
    remedy: '请缩小区划、部门、大厅或窗口。Name a region, department, hall or window of your own.',
    httpStatus: 403,
  },
  SIGN_IN_REFUSED: {
    message: '账号或密码不正确',
    messageEnglish: 'Account name or password is wrong',
    remedy: '请核对后重试；忘记密码请联系管理员重置。Check and try again; an administrator can reset the password.',
    httpStatus: 401,
  },
  SIGN_IN_TOO_SOON: {
    message: '尝试过于频繁，请 {seconds} 秒后再试',
    messageEnglish: 'Too many attempts; try again in {seconds} seconds',
    remedy: '请稍候再试。Wait, then try again.',
    httpStatus: 429,
  },
  PASSWORD_CHANGE_REQUIRED: {
    message: '初始密码须先修改，修改前不能登录',
    messageEnglish: 'The initial password must be changed before this account can sign in',
    remedy: '请联系管理员办理首次修改密码。Ask an administrator to have the initial password changed.',
    httpStatus: 403,
  },
  INVALID_INPUT: {
    message: '输入有误，详见各字段说明',
    messageEnglish: 'The input does not hold; each problem names its field',
    remedy: '请按 problems 逐项更正后重新提交。Correct what problems names and send it again.',
    httpStatus: 422,
  },
  TOO_MANY_ROWS: {
    message: '一次最多 {limit} 条，收到 {count} 条',
    messageEnglish: 'At most {limit} rows at once, {count} were sent',
    remedy: '请分批提交，或使用批量上传接口。Send smaller batches, or use the bulk upload.',
    httpStatus: 422,
  },
  PAGE_TOO_LARGE: {
    message: '每页 1 至 100 条，收到 {first}',
    messageEnglish: 'A page holds 1 to 100 rows, {first} was asked for',
    remedy: '请把 first 设为 1 至 100，并用 after 翻页。Set first to 1–100 and page with after.',
    httpStatus: 400,
  },
  BAD_CURSOR: {
    message: '翻页位置无法识别',
    messageEnglish: 'The cursor is not one of this list',
    remedy: '请使用上一页返回的 endCursor。Use the endCursor of the page before.',
    httpStatus: 400,
  },
  FEED_RESET: {
    message: '所给位置已不在本记录中',
    messageEnglish: 'The position is unknown to this log',
    remedy: '请重新读取列表，再从最新位置订阅。Read the list afresh, then subscribe from the latest position.',
    httpStatus: 410,
  },
  CASE_OUT_OF_SCOPE: {
    message: '该办件不在本账号的范围内',
    messageEnglish: 'The case lies outside this account’s scope',
    remedy: '请由所属单位的系统上报。Let the system of the unit that owns it report it.',
    httpStatus: 403,
  },
  CASE_UNKNOWN: {
    message: '没有找到办件 {caseNumber}',
    messageEnglish: 'No case {caseNumber} is known',
    remedy: '请核对办件编号，或先上报该办件。Check the case number, or report the case first.',
    httpStatus: 404,
  },
  CASE_NOT_NAMED: {
    message: '没有指明办件：请给出办件编号 caseNumber 或 id',
    messageEnglish: 'No case is named: give its caseNumber or its id',
    remedy: '例如 serviceCase(caseNumber: "…")。For example serviceCase(caseNumber: "…").',
    httpStatus: 400,
  },
  CASE_NOT_CLOSED: {
    message: '办件尚未办结，办结后方可评价',
    messageEnglish: 'The case is still open; it can be rated once it is closed',
    remedy: '请在办结后再评价。Rate it after it was closed.',
    httpStatus: 409,
  },
  CASE_VOID: {
    message: '该办件已作废，不能评价',
    messageEnglish: 'The case was voided and cannot be rated',
    remedy: '如有疑问请咨询窗口。Ask at the window if this surprises you.',
    httpStatus: 409,
  },
  EVALUATION_TOO_LATE: {
    message: '已超过办结后 {days} 天的评价期限',
    messageEnglish: 'The {days} days after closing in which it could be rated are over',
    remedy: '可通过 12345 反映意见。You may still turn to 12345.',
    httpStatus: 409,
  },
  INVITATION_WINDOW_OVER: {
    message: '该办件已超过电话评价期限，不能再由话务员评价',
    messageEnglish: 'The time in which this case may be rated by telephone is over',
    remedy: '请告知来电人可扫描回执二维码或登录政务服务网评价。The caller may still rate by his receipt or signed in.',
    httpStatus: 409,
  },
  PHONE_INVITATION_NOT_HELD: {
    message: '该邀评不在本账号手中，可能已超时释放或由他人处理',
    messageEnglish: 'This invitation is not held by this account; its time may have run out, or another has it',
    remedy: '请重新领取下一个邀评。Take the next invitation.',
    httpStatus: 409,
  },
  ALREADY_EVALUATED: {
    message: '本次服务已经评价过，以首次评价为准',
    messageEnglish: 'This service was rated already; the first rating stands',
    remedy: '凭首次评价的回执编号可查看进展。Follow it with the receipt number of the first rating.',
    httpStatus: 409,
  },
  SECOND_RATING_GIVEN: {
    message: '这次服务已经追评过，以已收到的追评为准',
    messageEnglish: 'A second rating of this service was given already; it stands',
    remedy: '凭追评的回执编号可查看进展。Follow it with the receipt number of the second rating.',
    httpStatus: 409,
  },
  RATING_SUPPLEMENTED: {
    message: '这条评价已经补充过，以首次补充为准',
    messageEnglish: 'This rating was added to already; what was added first stands',
    remedy: '如有新的情况，可以追评。If there is more to say, give a second rating.',
    httpStatus: 409,
  },
  CODE_INVALID: {
    message: '这不是有效的评价码，可能已被改动',
    messageEnglish: 'This is not a rating code of this hub, or it was altered',
    remedy: '请重新扫描窗口屏幕或回执上的二维码。Scan the code on the screen or receipt again.',
    httpStatus: 404,
  },
  CASE_MERGED: {
    message: '该办件已并入 {mergedInto}，不再单独评价',
    messageEnglish: 'The case was merged into {mergedInto} and is not rated by itself any more',
    remedy:
      '请评价并入后的办件，或在窗口领取新的二维码。Rate the case it went into, or ask for a new code at the window.',
    httpStatus: 409,
  },
  CODE_RETIRED: {
    message: '这张评价码已停用',
    messageEnglish: 'This rating code is out of use',
    remedy: '请扫描现场新的评价码，或登录“我的评价”评价。Scan the new code on site, or sign in at “My ratings”.',
    httpStatus: 410,
  },
  PHONE_MALFORMED: {
    message: '手机号应为 11 位数字',
    messageEnglish: 'A mobile number has 11 digits',
    remedy: '请填写办事时登记的手机号。Give the number that was recorded when you applied.',
    httpStatus: 422,
  },
  EVALUATION_UNKNOWN: {
    message: '没有找到这条评价',
    messageEnglish: 'No such rating is known',
    remedy: '请核对回执编号。Check the receipt number.',
    httpStatus: 404,
  },
  INTEGRITY_SIGNAL_UNKNOWN: {
    message: '没有找到这条异常评价线索',
    messageEnglish: 'No such signal is known',
    remedy: '请在线索列表中核对。Check the list of signals.',
    httpStatus: 404,
  },
  STATIC_CODE_UNKNOWN: {
    message: '没有找到这张静态评价码',
    messageEnglish: 'No such static code is known',
    remedy: '请核对印刷编号，或在台账中查找。Check the printed id, or look it up in the ledger.',
    httpStatus: 404,
  },
  DEVICE_UNKNOWN: {
    message: '没有找到这台设备',
    messageEnglish: 'No such device is known',
    remedy: '请在设备台账中核对。Check the device ledger.',
    httpStatus: 404,
  },
  MANDATE_UNKNOWN: {
    message: '没有找到有效的授权',
    messageEnglish: 'No such mandate is in force',
    remedy: '请联系政务服务管理机构登记授权。Ask the management body to record the mandate.',
    httpStatus: 404,
  },
  SIGNATURE_INVALID: {
    message: '设备签名不正确',
    messageEnglish: 'The signature of the device is wrong',
    remedy: '请在设备上重新登记签名密钥。Register the signing key of the device anew.',
    httpStatus: 422,
  },
  COUNTER_REUSED: {
    message: '流水号 {counter} 已用于另一条记录',
    messageEnglish: 'Counter {counter} was used for another entry',
    remedy: '请检查设备是否被复制。Check whether the device was copied.',
    httpStatus: 409,
  },
  RECEIPT_UNKNOWN: {
    message: '没有找到这个回执编号',
    messageEnglish: 'No rating has this receipt number',
    remedy: '请核对回执编号，共16位。Check the receipt number; it has 16 characters.',
    httpStatus: 404,
  },
  CODE_EXPIRED: {
    message: '评价码已过期',
    messageEnglish: 'The rating code has expired',
    remedy: '请扫描窗口屏幕上的新二维码。Scan the fresh code on the screen.',
    httpStatus: 410,
  },
  PROOF_FAILED: {
    message: '手机号后四位与办件登记的不一致',
    messageEnglish: 'The last four digits do not match the phone registered for the case',
    remedy: '请输入办理时登记的手机号后四位。Give the last four digits of the phone registered for the case.',
    httpStatus: 403,
  },
  PROOF_TOO_OFTEN: {
    message: '身份核验失败次数过多，请 15 分钟后再试',
    messageEnglish: 'Too many failed proofs; try again in 15 minutes',
    remedy:
      '请核对办理时登记的手机号，或扫描窗口屏幕上的二维码。Check the phone registered for the case, or scan the code at the window.',
    httpStatus: 429,
  },
  CASE_WITHOUT_PHONE: {
    message: '该办件没有登记手机号，回执码无法核验身份',
    messageEnglish: 'No phone is registered for the case, so a receipt code could not be proved',
    remedy: '请使用窗口屏幕码（SCREEN），或补报联系电话。Use a screen code (SCREEN), or report the contact phone.',
    httpStatus: 409,
  },
  INVALID_EVALUATION: {
    message: '评价还不能提交',
    messageEnglish: 'The rating cannot be taken yet',
    remedy: '请按提示更正后重新提交，内容不会丢失。Correct it and send it again; nothing is lost.',
    httpStatus: 422,
  },
  PICTURE_TYPE_UNKNOWN: {
    message: '只收 JPEG、PNG、WebP、AVIF 图片；HEIC 等其他格式请先转为 JPEG',
    messageEnglish: 'Pictures are accepted as JPEG, PNG, WebP or AVIF; turn HEIC and other formats into JPEG first',
    remedy: '请换一种格式后重新上传。Upload it in another format.',
    httpStatus: 415,
  },
  PICTURE_TOO_LARGE: {
    message: '每张图片不超过 {bytes} MB、{tenThousands} 万像素（AVIF {avifTenThousands} 万像素）',
    messageEnglish: 'A picture may have up to {bytes} MB and {millions} megapixels (AVIF: {avifMillions})',
    remedy: '请缩小后重新上传。Make it smaller and upload it again.',
    httpStatus: 413,
  },
  PICTURE_TOO_SMALL: {
    message: '图片的宽和高都应不少于 {side} 像素',
    messageEnglish: 'A picture needs at least {side} pixels in width and in height',
    remedy: '请换一张图片。Choose another picture.',
    httpStatus: 422,
  },
  PICTURE_BROKEN: {
    message: '图片不完整或已损坏，请重新拍摄或另存后再传；可用 JPEG、PNG、WebP、AVIF',
    messageEnglish: 'The picture is cut off or damaged; take or save it again, as JPEG, PNG, WebP or AVIF',
    remedy: '请重新上传。Upload it again.',
    httpStatus: 422,
  },
  PICTURES_BUSY: {
    message: '同时上传的图片较多，请稍后重试；评价可以先提交',
    messageEnglish: 'Many pictures are arriving; try again shortly. The rating itself can be handed in now',
    remedy: '请稍后重试。Try again shortly.',
    httpStatus: 503,
  },
  PICTURES_WAITING: {
    message: '已上传的图片较多，请先提交评价',
    messageEnglish: 'Many pictures are waiting for this rating already; hand the rating in first',
    remedy: '请从已上传的图片中选择后提交评价。Choose from those that were uploaded and hand the rating in.',
    httpStatus: 409,
  },
  PICTURES_TOO_OFTEN: {
    message: '此网络上传图片过于频繁，请 {minutes} 分钟后再试',
    messageEnglish: 'Too many pictures from this network; try again in {minutes} minutes',
    remedy: '评价可以先提交。The rating itself can be handed in now.',
    httpStatus: 429,
  },
  RATING_TOKEN_MISSING: {
    message: '缺少评价码',
    messageEnglish: 'No rating code came with the request',
    remedy:
      '请在请求头 x-rating-token 中给出评价码、短信链接的令牌或回执编号。Send the code, the token of the SMS link or the receipt number in the header x-rating-token.',
    httpStatus: 401,
  },
  PICTURE_MISSING: {
    message: '请求中没有图片',
    messageEnglish: 'The request carries no picture',
    remedy:
      '请把图片作为请求体（image/*），或放入表单字段 picture（multipart/form-data）。Send the picture as the body (image/*), or as the form field picture (multipart/form-data).',
    httpStatus: 422,
  },
  PICTURE_NOT_AVAILABLE: {
    message: '图片链接无效或已过期，请刷新页面',
    messageEnglish: 'The picture’s address is wrong or has run out; reload the page',
    remedy: '请重新查询评价以取得新的链接。Ask for the rating again; it has a new address.',
    httpStatus: 404,
  },
  INVALID_REPORT: {
    message: '举报还不能提交',
    messageEnglish: 'The report cannot be taken yet',
    remedy: '请按提示更正后重新提交，内容不会丢失。Correct it and send it again; nothing is lost.',
    httpStatus: 422,
  },
  NEGATIVE_REVIEW_NOT_FOUND: {
    message: '没有找到该差评，或不在可见范围内',
    messageEnglish: 'No such negative review in your scope',
    remedy: '请刷新列表。Refresh the list.',
    httpStatus: 404,
  },
  UPLOAD_FORMAT_UNKNOWN: {
    message: '无法识别文件格式：{contentType}',
    messageEnglish: 'Unknown format: {contentType}',
    remedy: '请用 text/csv 或 application/x-ndjson 上传。Upload text/csv or application/x-ndjson.',
    httpStatus: 415,
  },
  UPLOAD_CHARSET_UNKNOWN: {
    message: '不支持的字符编码：{charset}',
    messageEnglish: 'Unknown character encoding: {charset}',
    remedy: '请声明 charset=utf-8 或 charset=gb18030，或不声明。Declare charset=utf-8 or charset=gb18030, or none.',
    httpStatus: 415,
  },
  UPLOAD_COMPRESSED: {
    message: '不接受压缩的上传内容：{encoding}',
    messageEnglish: 'A compressed body is not accepted: {encoding}',
    remedy: '请解压后上传原文件。Send the file itself, not compressed.',
    httpStatus: 415,
  },
  UPLOAD_COLUMNS_REFUSED: {
    message: '表头有误，详见各列说明',
    messageEnglish: 'The header row does not hold; each problem names its column',
    remedy:
      '首行须为列名，可用 CaseReportInput（评价为 HandedOverRatingInput）的字段名或 PROJID 等接口字段名。The first line must name the columns, by the fields of CaseReportInput (ratings: HandedOverRatingInput) or the names of the national interface.',
    httpStatus: 422,
  },
  UPLOAD_UNKNOWN: {
    message: '没有找到上传任务 {id}，或不是本账号的',
    messageEnglish: 'No upload {id} of yours is known',
    remedy: '请使用上传时返回的 uploadId 和同一密钥查询。Use the uploadId that the upload answered, with the same key.',
    httpStatus: 404,
  },
  UPLOAD_INTERRUPTED: {
    message: '上传中断：第 {line} 行之前的已处理并保留',
    messageEnglish: 'The upload was interrupted: everything before line {line} was dealt with and is kept',
    remedy:
      '请稍后重新上传同一文件，并加 ?fromLine=（resumeFromLine 的值）从该行继续。Send the same file again later with ?fromLine= set to resumeFromLine.',
    httpStatus: 503,
  },
  PATH_UNKNOWN: {
    message: '没有接口 {path}',
    messageEnglish: 'There is no {path}',
    remedy: '可用的接口见 /openapi.json。What there is stands in /openapi.json.',
    httpStatus: 404,
  },
  PARAMETER_REFUSED: {
    message: '参数 {name} 的值不被接受：应为 {accepted}',
    messageEnglish: 'The parameter {name} is not accepted: it must be {accepted}',
    remedy: '请按 /openapi.json 更正该参数。Correct the parameter as /openapi.json has it.',
    httpStatus: 400,
  },
  SOURCE_UNDECLARED: {
    message: '来源系统尚未声明评价口径，不能移交评价',
    messageEnglish: 'How this source counts its levels was never declared, so its ratings are not taken',
    remedy:
      '请主管机构为该来源保存映射档案（等级方向等），通过契约测试并启用。Let the management body save a profile of this source, test it and make it active.',
    httpStatus: 409,
  },
  UPLOAD_ENDED: {
    message: '该批量上传已结束，不能再追加',
    messageEnglish: 'This upload has ended and takes no more rows',
    remedy: '请重新上传；已收下的行会被识别为未变化。Upload again; rows taken before are answered as unchanged.',
    httpStatus: 409,
  },
  SUBGRAPH_UNAVAILABLE: {
    message: '部分服务暂时不可用',
    messageEnglish: 'A part of the hub cannot be reached now',
    remedy: '已有数据仍可使用，请稍后重试。What is there can be used; try again later.',
    httpStatus: 503,
  },
  IDENTITY_REQUIRED: {
    message: '子图只接受路由器的请求',
    messageEnglish: 'A subgraph answers its router only',
    remedy: '请通过统一入口 /graphql 访问。Use the one graph at /graphql.',
    httpStatus: 401,
  },
  BODY_TOO_LARGE: {
    message: '请求内容过大',
    messageEnglish: 'The request body is too large',
    remedy: '请分批提交，或使用批量上传接口。Send smaller batches, or use the bulk upload.',
    httpStatus: 413,
  },
  BAD_REQUEST: {
    message: '请求格式不正确：{fact}',
    messageEnglish: 'The request is not well-formed: {fact}',
    remedy: '请按 GraphQL over HTTP 发送 JSON。Send JSON as GraphQL over HTTP has it.',
    httpStatus: 400,
  },
  SUBSCRIPTION_NEEDS_STREAM: {
    message: '订阅不能用普通请求发起',
    messageEnglish: 'A plain request cannot carry a subscription',
    remedy:
      '请在同一地址用 WebSocket（graphql-transport-ws），或发送 accept: text/event-stream。Use a WebSocket (graphql-transport-ws) at the same address, or send accept: text/event-stream.',
    httpStatus: 400,
  },
  GRAPHQL_PARSE_FAILED: {
    message: '查询语句有语法错误：{fact}',
    messageEnglish: 'The document has a syntax error: {fact}',
    remedy: '请更正所指位置。Correct the place it names.',
    httpStatus: 400,
  },
  GRAPHQL_VALIDATION_FAILED: {
    message: '查询语句与数据图不符：{fact}',
    messageEnglish: 'The document does not fit the graph: {fact}',
    remedy: '请对照 /schema.graphql 更正。Compare it with /schema.graphql.',
    httpStatus: 400,
  },
  BAD_USER_INPUT: {
    message: '变量的值不被接受：{fact}',
    messageEnglish: 'A variable has a value that is not accepted: {fact}',
    remedy: '请按变量声明的类型给值。Give a value of the type that the variable declares.',
    httpStatus: 400,
  },
  DOCUMENT_TOO_LONG: {
    message: '查询语句超过 {limit} 个词元',
    messageEnglish: 'The document has more than {limit} tokens',
    remedy: '请拆成几次查询。Ask in several documents.',
    httpStatus: 400,
  },
  DOCUMENT_TOO_DEEP: {
    message: '查询嵌套超过 {limit} 层',
    messageEnglish: 'The document is nested deeper than {limit} levels',
    remedy: '请减少嵌套，或分次查询。Nest less, or ask twice.',
    httpStatus: 400,
  },
  TOO_MANY_ALIASES: {
    message: '别名超过 {limit} 个',
    messageEnglish: 'The document has more than {limit} aliases',
    remedy: '请改用列表字段或分次查询。Use a list field, or ask in several documents.',
    httpStatus: 400,
  },
  TOO_MANY_ROOT_FIELDS: {
    message: '根字段超过 {limit} 个',
    messageEnglish: 'The operation has more than {limit} root fields',
    remedy: '请分次查询。Ask in several documents.',
    httpStatus: 400,
  },
  TOO_MANY_FIELDS: {
    message: '片段展开后的字段超过 {limit} 个',
    messageEnglish: 'The document has more than {limit} fields once its fragments are unfolded',
    remedy: '请只选择需要的字段。Select only what is needed.',
    httpStatus: 400,
  },
  TOO_MANY_DIRECTIVES: {
    message: '指令超过 {limit} 个',
    messageEnglish: 'The document has more than {limit} directives',
    remedy: '请去掉多余的指令。Leave out what is not needed.',
    httpStatus: 400,
  },
  TOO_MANY_OPERATIONS: {
    message: '同一连接上同时进行的操作超过 {limit} 个',
    messageEnglish: 'More than {limit} operations are under way on this connection',
    remedy: '请先结束不再需要的订阅。Complete the subscriptions that are not needed any more.',
    httpStatus: 429,
  },
  BATCHING_REFUSED: {
    message: '一次只接受一个操作',
    messageEnglish: 'One operation at a time: arrays are not accepted',
    remedy: '请逐个发送。Send them one by one.',
    httpStatus: 400,
  },
  CSRF_REFUSED: {
    message: '该请求可能由其他网站发起，已拒绝',
    messageEnglish: 'Another site could have made a browser send this, so it is refused',
    remedy:
      '请使用 content-type: application/json，或加上非空的 x-hub-client 请求头。Use content-type application/json, or send a non-empty x-hub-client header.',
    httpStatus: 400,
  },
  INTROSPECTION_REFUSED: {
    message: '此处不提供内省',
    messageEnglish: 'Introspection is not answered here',
    remedy:
      '请读取 /schema.graphql；开发环境中请单独发送内省查询。Read /schema.graphql; in development send introspection alone.',
    httpStatus: 400,
  },
  DOCUMENT_NOT_REGISTERED: {
    message: '此处只执行已登记的查询语句',
    messageEnglish: 'Only registered documents are executed here',
    remedy: '请发送 documentId，或以工作人员身份登录。Send a documentId, or sign in as staff.',
    httpStatus: 400,
  },
  INTERNAL: {
    message: '系统内部错误，已记录',
    messageEnglish: 'An internal error; it has been logged',
    remedy:
      '请稍后重试；持续出现请把请求编号告诉管理员。Try again; if it stays, tell the administrator the request id.',
    httpStatus: 500,
  },
} satisfies Record<string, CatalogueEntry>

export type ErrorCode = keyof typeof errorCatalogue

export type Refusal = { code: ErrorCode; message: string; messageEnglish: string; remedy: string }

/** A refusal as the graph answers it, with its facts filled in. */
export function refusal(code: ErrorCode, facts: Record<string, string | number> = {}): Refusal {
  const entry: CatalogueEntry = errorCatalogue[code]
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name) => String(facts[name] ?? whole))
  return { code, message: fill(entry.message), messageEnglish: fill(entry.messageEnglish), remedy: entry.remedy }
}
