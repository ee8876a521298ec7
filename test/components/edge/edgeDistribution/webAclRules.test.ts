import { expect } from "chai";

import {
    type EdgeRule,
    hostExpression,
    INCLUDED_CAPACITY,
    pathExpression,
    type Statement,
    webAclCapacity,
    webAclRules,
    type WebAclSettings,
} from "../../../../components/edge/distribution/webAclRules";

const settings: WebAclSettings = {
    domainNames: ["shop.example.com", "www.shop.example.com"],
    acceptsWrites: true,
    blockedCountries: ["KP"],
    rateLimit: 2000,
    sensitivePaths: ["/login", "/api/"],
    sensitiveRateLimit: 500,
};

function rule(name: string, change: Partial<WebAclSettings> = {}): EdgeRule {
    const found = webAclRules({ ...settings, ...change }).find((candidate) => candidate.name === name);
    if (found === undefined) {
        throw new Error(`there is no rule ${name}`);
    }
    return found;
}

function expression(statement: Statement): RegExp {
    const match = statement.regexMatchStatement ?? statement.notStatement?.statement.regexMatchStatement;
    return new RegExp(match?.regexString ?? "(?!)");
}

describe("the rules of the edge's web ACL", () => {
    it("come in this order, the cheap ones first", () => {
        expect(webAclRules(settings).map(({ name, priority }) => `${priority} ${name}`)).to.deep.equal([
            "10 blocked-countries",
            "20 unknown-host",
            "30 unexpected-method",
            "40 hidden-files",
            "50 ip-reputation",
            "60 sensitive-rate-limit",
            "70 rate-limit",
            "80 known-bad-inputs",
            "90 common",
            "100 sql-injection",
            "110 anonymous-ips",
        ]);
    });

    it("leave out what is not asked for, and keep their priorities apart", () => {
        const rules = webAclRules({ ...settings, blockedCountries: [], sensitivePaths: [] });
        const names = rules.map(({ name }) => name);
        expect(names).to.have.length(9);
        expect(names).not.to.include("blocked-countries");
        expect(names).not.to.include("sensitive-rate-limit");
        expect(new Set(rules.map(({ priority }) => priority))).to.have.property("size", rules.length);
    });

    it("have either an action or an override, as AWS WAF demands of own rules and of managed groups", () => {
        for (const { name, action, overrideAction, statement } of webAclRules(settings)) {
            const managed = statement.managedRuleGroupStatement !== undefined;
            expect(action === undefined, name).to.equal(managed);
            expect(overrideAction !== undefined, name).to.equal(managed);
        }
    });

    it("are all counted and sampled, under names that CloudWatch takes", () => {
        for (const { name, visibilityConfig } of webAclRules(settings)) {
            expect(visibilityConfig).to.deep.equal({
                cloudwatchMetricsEnabled: true,
                metricName: name,
                sampledRequestsEnabled: true,
            });
            expect(name).to.match(/^[A-Za-z0-9_-]{1,128}$/);
        }
    });

    it("use the five managed groups of AWS, and block with all but the anonymous addresses", () => {
        const groups = webAclRules(settings).flatMap(({ overrideAction, statement }) =>
            statement.managedRuleGroupStatement === undefined
                ? []
                : [[statement.managedRuleGroupStatement.name, Object.keys(overrideAction ?? {}).join()]],
        );
        expect(groups).to.deep.equal([
            ["AWSManagedRulesAmazonIpReputationList", "none"],
            ["AWSManagedRulesKnownBadInputsRuleSet", "none"],
            ["AWSManagedRulesCommonRuleSet", "none"],
            ["AWSManagedRulesSQLiRuleSet", "none"],
            ["AWSManagedRulesAnonymousIpList", "count"],
        ]);
    });

    it("answer 429 to whom asks too often, per address and five minutes", () => {
        expect(rule("rate-limit").action).to.deep.equal({ block: { customResponse: { responseCode: 429 } } });
        expect(rule("rate-limit").statement).to.deep.equal({
            rateBasedStatement: { aggregateKeyType: "IP", evaluationWindowSec: 300, limit: 2000 },
        });
        const sensitive = rule("sensitive-rate-limit");
        expect(sensitive.action).to.deep.equal({ block: { customResponse: { responseCode: 429 } } });
        expect(sensitive.statement.rateBasedStatement).to.include({ limit: 500, evaluationWindowSec: 300 });
        expect(
            sensitive.statement.rateBasedStatement?.scopeDownStatement?.regexMatchStatement,
        ).to.deep.include({
            fieldToMatch: { uriPath: {} },
            regexString: "^(/login|/api)(/|$)",
        });
    });

    it("limit a sensitive path and what is below it, not what merely begins like it", () => {
        const paths = new RegExp(pathExpression(["/login", "/api/"]));
        for (const path of ["/login", "/login/", "/login/again", "/api", "/api/v1/cart"]) {
            expect(paths.test(path), path).to.equal(true);
        }
        for (const path of ["/", "/loginx", "/apis", "/x/login", "/static/login"]) {
            expect(paths.test(path), path).to.equal(false);
        }
    });

    it("decode and normalise a path before they compare it, so that no spelling gets round", () => {
        const statement = rule("sensitive-rate-limit").statement.rateBasedStatement?.scopeDownStatement;
        expect(statement?.regexMatchStatement?.textTransformations).to.deep.equal([
            { priority: 0, type: "URL_DECODE" },
            { priority: 1, type: "NORMALIZE_PATH" },
            { priority: 2, type: "LOWERCASE" },
        ]);
    });

    it("let requests for the distribution's own names through, with or without a port, and no others", () => {
        const { statement } = rule("unknown-host");
        expect(statement.notStatement?.statement.regexMatchStatement?.fieldToMatch).to.deep.equal({
            singleHeader: { name: "host" },
        });
        const hosts = new RegExp(hostExpression(settings.domainNames));
        for (const host of ["shop.example.com", "www.shop.example.com", "shop.example.com:443"]) {
            expect(hosts.test(host), host).to.equal(true);
        }
        for (const host of [
            "",
            "d111111abcdef8.cloudfront.net",
            "shopxexample.com",
            "shop.example.com.evil.example",
            "evil-shop.example.com",
        ]) {
            expect(hosts.test(host), host).to.equal(false);
        }
    });

    it("let writing methods through only where an application takes them", () => {
        const shop = expression(rule("unexpected-method").statement);
        const downloads = expression(rule("unexpected-method", { acceptsWrites: false }).statement);
        for (const method of ["GET", "HEAD", "OPTIONS"]) {
            expect([shop.test(method), downloads.test(method)], method).to.deep.equal([true, true]);
        }
        for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
            expect([shop.test(method), downloads.test(method)], method).to.deep.equal([true, false]);
        }
        for (const method of ["TRACE", "CONNECT", "GETX", "get"]) {
            expect([shop.test(method), downloads.test(method)], method).to.deep.equal([false, false]);
        }
    });

    it("block files that a deployment left behind, but not the well-known directory", () => {
        const { action, statement } = rule("hidden-files");
        expect(action).to.deep.equal({ block: {} });
        const hidden = expression(statement);
        for (const path of ["/.git/config", "/.env", "/app/.env.local", "/.htpasswd", "/.ssh/id_rsa"]) {
            expect(hidden.test(path), path).to.equal(true);
        }
        for (const path of ["/", "/.well-known/security.txt", "/static/app.env.js", "/guide/git"]) {
            expect(hidden.test(path), path).to.equal(false);
        }
    });

    it("use no construct that AWS WAF's expressions lack", () => {
        const text = JSON.stringify(webAclRules(settings));
        // Lookaround, backreferences, atomic groups.
        expect(text).not.to.match(/\(\?[=!<>]|\\\\[1-9]/);
    });

    it("block the countries given", () => {
        expect(rule("blocked-countries", { blockedCountries: ["KP", "SY"] })).to.deep.include({
            action: { block: {} },
            statement: { geoMatchStatement: { countryCodes: ["KP", "SY"] } },
        });
    });
});

describe("the capacity of the edge's web ACL", () => {
    it("stays within what an ACL's basic price covers, with everything turned on", () => {
        expect(webAclCapacity(webAclRules(settings)))
            .to.equal(1262)
            .and.to.be.at.most(INCLUDED_CAPACITY);
    });

    it("does not grow with names, paths and countries", () => {
        const many = {
            ...settings,
            domainNames: ["a.example.com", "b.example.com", "c.example.com"],
            blockedCountries: ["KP", "SY", "CU"],
            sensitivePaths: ["/login", "/api", "/account", "/checkout"],
        };
        expect(webAclCapacity(webAclRules(many))).to.equal(webAclCapacity(webAclRules(settings)));
    });

    it("adds what a statement holds inside, and ten for each transformation", () => {
        const visibilityConfig = {
            cloudwatchMetricsEnabled: true,
            metricName: "x",
            sampledRequestsEnabled: true,
        };
        const of = (statement: Statement): number =>
            webAclCapacity([{ name: "x", priority: 0, statement, visibilityConfig }]);
        const match: Statement = {
            regexMatchStatement: {
                fieldToMatch: { uriPath: {} },
                regexString: "x",
                textTransformations: [{ priority: 0, type: "LOWERCASE" }],
            },
        };
        expect(of({ geoMatchStatement: { countryCodes: ["DE"] } })).to.equal(1);
        expect(of(match)).to.equal(13);
        expect(of({ notStatement: { statement: match } })).to.equal(13);
        const rate = { aggregateKeyType: "IP", evaluationWindowSec: 300, limit: 10 };
        expect(of({ rateBasedStatement: rate })).to.equal(2);
        expect(of({ rateBasedStatement: { ...rate, scopeDownStatement: match } })).to.equal(15);
        expect(() => of({ managedRuleGroupStatement: { vendorName: "AWS", name: "Unheard" } })).to.throw(
            "The capacity of the managed group Unheard is not known",
        );
    });
});
