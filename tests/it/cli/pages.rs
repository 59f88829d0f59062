//! Documents that are a page of a longer answer.

use crate::program::{Folder, Outcome};

fn shift(day: u32) -> String {
    format!(
        r#"{{"agent":"ann","start":"2026-03-{day:02}T08:00:00Z","end":"2026-03-{day:02}T16:00:00Z"}}"#
    )
}

/// A page of one shift, and what it says of itself.
fn page(day: u32, says: &str) -> [String; 2] {
    let shift = shift(day);
    [format!(r#"{{"shifts":[{shift}],{says}}}"#), format!(r#"{{{says},"shifts":[{shift}]}}"#)]
}

fn check(text: &str, options: &[&str]) -> Outcome {
    let args = [&["check", "page.json"], options].concat();
    Folder::new().with("page.json", text).run(&args)
}

#[test]
fn a_page_of_several_is_a_doubt() {
    for (says, place) in [
        (r#""next":"/x""#, "/next"),
        (r#""links":{"self":"/x","next":"/x?page=2"}"#, "/links/next"),
        (r#""_links":{"next":{"href":"/x"}}"#, "/_links/next"),
        (r#""_links":{"next":[{"href":"/x"}]}"#, "/_links/next"),
        (r#""links":[{"rel":"self","href":"/"},{"rel":"next","href":"/x"}]"#, "/links/next"),
        (r#""meta":{"pagination":{"next":"/x"}}"#, "/meta/pagination/next"),
        (r#""meta":{"page":{"next":{"href":"/x"}}}"#, "/meta/page/next/href"),
        (r#""paging":{"next":{"after":"x"}}"#, "/paging/next/after"),
        (r#""pagination":{"has_more_items":true}"#, "/pagination/has_more_items"),
        (r#""nextOffset":50"#, "/nextOffset"),
        (r#""offset":0,"limit":1,"total_count":2"#, "/total_count"),
        (r#""page_size":1,"total_items":2"#, "/total_items"),
        (r#""start":0,"size":1,"totalSize":2"#, "/totalSize"),
        (r#""startAt":0,"maxResults":1,"total":2"#, "/total"),
        (r#""startIndex":1,"itemsPerPage":1,"totalResults":2"#, "/totalResults"),
        (r#""meta":{"total":2,"limit":1}"#, "/meta/total"),
        (r#""total":2,"paging":{"limit":1}"#, "/total"),
        (r#""skip":0,"top":1,"count":2"#, "/count"),
        (r#""draw":1,"recordsTotal":9,"recordsFiltered":2"#, "/recordsFiltered"),
        (r#""resultCount":1,"totalResultCount":2"#, "/totalResultCount"),
        (r#""count":1,"limit":1,"total":2"#, "/total"),
        (r#""count":1,"next":"/x""#, "/next"),
        (r#""Marker":"x""#, "/Marker"),
        (r#""LastEvaluatedKey":{"id":{"S":"x"}}"#, "/LastEvaluatedKey"),
        (r#""more_items_in_collection":true"#, "/more_items_in_collection"),
        (r#""partial":true"#, "/partial"),
        (r#""status":"Processing""#, "/status"),
        (r#""state":"in_progress""#, "/state"),
        (r#""total":2,"limit":1,"codes":[{"id":1},{"id":2},{"id":3}]"#, "/total"),
        (r#""cursor":"EKux""#, "/cursor"),
        (r#""offset":"itrABC/recDEF""#, "/offset"),
        (r#""exceededTransferLimit":true"#, "/exceededTransferLimit"),
        (r#""end_of_stream":false"#, "/end_of_stream"),
        (r#""jobComplete":false"#, "/jobComplete"),
        (r#""pageToken":"BFTX","totalRows":"300""#, "/pageToken"),
        (r#""totalRows":"300""#, "/totalRows"),
        (r#""resultSetMetaData":{"numRows":300}"#, "/resultSetMetaData/numRows"),
        (r#""metadata":{"totalElements":"500"}"#, "/metadata/totalElements"),
        (r#""@odata.count":2"#, "/@odata.count"),
        (r#""@odata.skiptoken":"x""#, "/@odata.skiptoken"),
        (r#""_scroll_id":"DXF1","hits":{"total":300}"#, "/_scroll_id"),
        (r#""timed_out":true"#, "/timed_out"),
        (r#""_shards":{"total":5,"failed":1}"#, "/_shards/failed"),
        (r#""partialResults":true"#, "/partialResults"),
        (r#""complete":false"#, "/complete"),
        (r#""finished":false"#, "/finished"),
        (r#""eof":false"#, "/eof"),
        (r#""queryStatus":"incomplete""#, "/queryStatus"),
        (r#""moreResults":1"#, "/moreResults"),
        (r#""errors":[{"message":"timeout"}]"#, "/errors"),
        (r#""status":"error""#, "/status"),
        (r#""status":"failed""#, "/status"),
        (r#""status":207"#, "/status"),
        (r#""statusCode":206"#, "/statusCode"),
        (r#""next":null,"previous":"/x?page=1""#, "/previous"),
        (r#""meta":{"current_page":4,"next_page":null,"prev_page":3}"#, "/meta/prev_page"),
        (r#""hasNextPage":false,"hasPreviousPage":true"#, "/hasPreviousPage"),
        (r#""links":{"next":null,"prev":"/x"}"#, "/links/prev"),
        (r#""links":[{"rel":"prev","href":"/x"}]"#, "/links/prev"),
    ] {
        for text in page(2, says) {
            let outcome = check(&text, &[]).exits(3);
            outcome.says(&["[RD109]", &format!("`{place}`"), "--accept RD109=page.json"]);
            check(&text, &["--accept", "RD109=page.json"]).exits(0);
        }
    }
}

#[test]
fn a_whole_answer_is_no_doubt() {
    for says in [
        r#""next":null"#,
        r#""Marker":"""#,
        r#""LastEvaluatedKey":{}"#,
        r#""partial":false"#,
        r#""status":"Complete""#,
        r#""status":"ACTIVE""#,
        r#""links":{"self":"/x","next":null}"#,
        r#""_links":{"self":{"href":"/x"},"next":{"href":null}}"#,
        r#""links":[{"rel":"self","href":"/x"}]"#,
        r#""paging":{"next":{}}"#,
        r#""offset":0,"limit":50,"total_count":1"#,
        r#""page_size":50,"total_items":1"#,
        r#""count":1,"limit":50"#,
        r#""total":480"#,
        r#""count":5,"total":5"#,
        r#""limit":40,"totalHours":480"#,
        r#""team":{"size":12},"total":480"#,
        r#""total":480,"range":{"from":1,"start":2}"#,
        r#""draw":1,"recordsTotal":9,"recordsFiltered":1"#,
        r#""nextSyncToken":"abc""#,
        r#""cursor":"AAF","has_more":false"#,
        r#""cursor":null"#,
        r#""offset":"+01:00""#,
        r#""offset":"Europe/Berlin""#,
        r#""end_of_stream":true"#,
        r#""jobComplete":true,"totalRows":"1""#,
        r#""timed_out":false,"_shards":{"total":5,"failed":0}"#,
        r#""_scroll_id":"DXF1","hits":{"total":{"value":1,"relation":"eq"}}"#,
        r#""complete":true,"errors":[],"status":"ok""#,
        r#""status":200"#,
        r#""week":{"complete":false,"previous":"x","status":"failed"}"#,
        r#""next":null,"previous":null,"hasPreviousPage":false"#,
        r#""previous":"2026-03-09""#,
        r#""links":{"self":"/x","prev":null}"#,
    ] {
        for text in page(2, says) {
            check(&text, &[]).exits(0);
        }
    }
    // What is counted may be agents, some of whom have no shift.
    let text = format!(
        r#"{{"agents":[{{"id":"ann","shifts":[{}]}},{{"id":"ben","shifts":[]}}],"limit":25,"total":2}}"#,
        shift(2).replace(r#""agent":"ann","#, "")
    );
    check(&text, &[]).exits(0);
    check(&text.replace(r#""total":2"#, r#""total":3"#), &[]).exits(3).says(&["[RD109]"]);
}

/// Answers of servers to requests that they refuse, or that fail.
#[test]
fn an_answer_to_a_failed_request_is_a_doubt() {
    for (says, place) in [
        (r#""success":false"#, "/success"),
        (r#""ok":false"#, "/ok"),
        (r#""statusCode":403"#, "/statusCode"),
        (r#""status":"500""#, "/status"),
        (r#""error":"rate limited""#, "/error"),
        (r#""errors":[{"message":"x"}]"#, "/errors"),
        (r#""error":{"message":"x"}"#, "/error"),
    ] {
        let empty = [format!(r#"{{{says},"shifts":[]}}"#), format!(r#"{{"shifts":[],{says}}}"#)];
        for text in page(2, says).into_iter().chain(empty) {
            let outcome = check(&text, &[]).exits(3);
            let place = format!("`{place}`");
            outcome.says(&["[RD109]", "has failed", &place, "--accept RD109=page.json"]);
        }
    }
    check(r#"{"code":403,"shifts":[]}"#, &[]).exits(3).says(&["[RD109]", "`/code`"]);
    for says in [
        r#""success":true"#,
        r#""code":403"#,
        r#""code":200,"error":null"#,
        r#""status":"ok","errors":[]"#,
        r#""error":"","errors":{}"#,
    ] {
        for text in page(2, says) {
            check(&text, &[]).exits(0);
        }
    }
    // Also beside other files that are whole.
    let folder = Folder::new()
        .with("batch.json", page(2, r#""ok":true"#)[0].clone())
        .with("off.json", r#"{"success":false,"data":[]}"#);
    folder.run(&["check", "batch.json", "--time-off", "off.json"]).exits(3).says(&["[RD109]"]);
}

#[test]
fn a_page_that_names_the_number_of_pages_is_one_of_several() {
    for says in [r#""page":"1 of 3""#, r#""pages":"1/3""#, r#""meta":{"page":"2 of 3"}"#] {
        for text in page(2, says) {
            check(&text, &[]).exits(3).says(&["[RD109]"]);
        }
    }
    for says in [r#""page":"1 of 1""#, r#""pages":"1/1""#, r#""ratio":"1/3""#] {
        for text in page(2, says) {
            check(&text, &[]).exits(0);
        }
    }
}

/// All pages of an answer are whole together.
#[test]
fn all_pages_together_are_no_doubt() {
    let says = |offset: u32| format!(r#""offset":{offset},"limit":1,"total":3"#);
    let [one, two, three] = [0, 1, 2].map(|offset| page(offset + 2, &says(offset))[0].clone());
    let folder = Folder::new().with("1.json", one).with("2.json", two).with("3.json", three);
    folder.run(&["check", "1.json", "2.json", "3.json"]).exits(0);
    folder.run(&["check", "1.json", "3.json"]).exits(3).says(&["[RD109]"]);
}

/// The last page alone is not the whole answer, and neither are all but the first.
#[test]
fn the_first_page_is_missed() {
    let says = ["null", r#""/x?page=1""#, r#""/x?page=2""#];
    let [one, two, three] = [0, 1, 2].map(|place| {
        let next = if place == 2 { "null" } else { r#""/x""# };
        page(place as u32 + 2, &format!(r#""next":{next},"previous":{}"#, says[place]))[0].clone()
    });
    let folder = Folder::new().with("1.json", one).with("2.json", two).with("3.json", three);
    folder.run(&["check", "1.json", "2.json", "3.json"]).exits(0);
    folder.run(&["check", "2.json", "3.json"]).exits(3).says(&["[RD109]"]);
    folder.run(&["check", "3.json"]).exits(3).says(&["[RD109]", "`/previous`"]);
}

/// A table is no last page of an answer, and an empty file is no part of a batch.
#[test]
fn an_unfinished_answer_beside_a_table_is_a_doubt() {
    const TABLE: &str = "agent,start,end\nann,2026-03-02T08:00Z,2026-03-02T16:00Z\n";
    let run = |name: &str, text: &str| {
        let folder = Folder::new().with("batch.csv", TABLE).with(name, text);
        folder.run(&["check", "batch.csv", name])
    };
    for text in [r#"{"status":"processing","result":[]}"#, r#"{"data":[],"partial":true}"#] {
        run("more.csv", text).exits(3).says(&["[RD109]"]);
    }
    for text in ["", " \n\n"] {
        run("more.csv", text).exits(3).says(&["more.csv", "the file is empty"]);
    }
    run("more.ndjson", "").exits(0);
    run("more.json", "[]").exits(0);
    run("more.csv", "agent,start,end\n").exits(0);
}
