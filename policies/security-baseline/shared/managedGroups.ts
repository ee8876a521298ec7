/** Groups of rules that AWS manages for web ACLs, and what a web ACL leaves of them. */
import { list, object, type Props, text } from "../../framework";

/**
 * The rules of AWS's baseline groups: AWS WAF Developer Guide, "AWS Managed Rules rule groups list". Those of others
 * are not known here.
 */
const RULES: Readonly<Partial<Record<string, readonly string[]>>> = {
    AWSManagedRulesAdminProtectionRuleSet: ["AdminProtection_URIPATH"],
    AWSManagedRulesAmazonIpReputationList: [
        "AWSManagedIPReputationList",
        "AWSManagedReconnaissanceList",
        // Counts, unless it is overridden.
        "AWSManagedIPDDoSList",
    ],
    AWSManagedRulesAnonymousIpList: ["AnonymousIPList", "HostingProviderIPList"],
    AWSManagedRulesCommonRuleSet: [
        "NoUserAgent_HEADER",
        "UserAgent_BadBots_HEADER",
        "SizeRestrictions_QUERYSTRING",
        "SizeRestrictions_Cookie_HEADER",
        "SizeRestrictions_BODY",
        "SizeRestrictions_URIPATH",
        "EC2MetaDataSSRF_BODY",
        "EC2MetaDataSSRF_COOKIE",
        "EC2MetaDataSSRF_URIPATH",
        "EC2MetaDataSSRF_QUERYARGUMENTS",
        "GenericLFI_QUERYARGUMENTS",
        "GenericLFI_URIPATH",
        "GenericLFI_BODY",
        "RestrictedExtensions_URIPATH",
        "RestrictedExtensions_QUERYARGUMENTS",
        "GenericRFI_QUERYARGUMENTS",
        "GenericRFI_BODY",
        "GenericRFI_URIPATH",
        "CrossSiteScripting_COOKIE",
        "CrossSiteScripting_QUERYARGUMENTS",
        "CrossSiteScripting_BODY",
        "CrossSiteScripting_URIPATH",
    ],
    AWSManagedRulesSQLiRuleSet: [
        "SQLi_QUERYARGUMENTS",
        "SQLiExtendedPatterns_QUERYARGUMENTS",
        "SQLi_BODY",
        "SQLiExtendedPatterns_BODY",
        "SQLi_COOKIE",
        "SQLi_URIPATH",
    ],
};

const COUNTING_ANYWAY = ["AWSManagedIPDDoSList"];

/** The rules of a group whose own action does not hold: they count or allow instead, or are taken out. */
export function overriddenIn(group: Props): readonly string[] {
    const overrides = list(group.ruleActionOverrides);
    const excluded = list(group.excludedRules);
    const names = [
        ...Array.from({ length: overrides.length }, (_, index) => object(overrides[index])).filter(
            ({ actionToUse }) => {
                const action = object(actionToUse);
                return isThere(action.count) || isThere(action.allow);
            },
        ),
        ...Array.from({ length: excluded.length }, (_, index) => object(excluded[index])),
    ];
    return names.map(({ name }) => text(name) ?? "");
}

/** Whether every rule of a managed group is overridden, as far as its rules are known. */
export function isDisarmed(group: Props): boolean {
    const rules = text(group.vendorName) === "AWS" ? RULES[text(group.name) ?? ""] : undefined;
    const overridden = overriddenIn(group);
    return (
        rules !== undefined &&
        rules.every((name) => overridden.includes(name) || COUNTING_ANYWAY.includes(name))
    );
}

/** Whether something like an action is given: often an object without properties. */
export function isThere(value: unknown): boolean {
    return value !== undefined && value !== null;
}
