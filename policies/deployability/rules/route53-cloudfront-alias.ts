import { flag, ifKnown, isUnknown, stackRule, text } from "../../framework";
import { first } from "../shared/values";
import { DISTRIBUTION, RECORD, ZONE } from "../shared/types";

/** The zone of all distributions. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

export const rule = stackRule({
    id: "route53-cloudfront-alias",
    severity: "high",
    description:
        "Aliases of CloudFront distributions are in public zones, name CloudFront's zone and evaluate no health.",
    fix: `Set the alias's zoneId to ${CLOUDFRONT_ZONE} and evaluateTargetHealth to false, in a public zone.`,
    frameworks: { controls: ["C7"] },
    types: [RECORD],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(RECORD), (record) => {
            const targets = record.propertyDependencies.aliases ?? [];
            const related = targets.some(({ type }) => type === DISTRIBUTION);
            const alias = first(record.props.aliases);
            const zone = ifKnown(() => text(alias.zoneId));
            const name = ifKnown(() => text(alias.name));
            const isAlias = related || zone === CLOUDFRONT_ZONE || name?.endsWith(".cloudfront.net") === true;
            if (!isAlias) {
                if (targets.length === 0) {
                    // Nothing else tells what an unknown target is: reading it throws.
                    text(alias.zoneId);
                }
                return;
            }
            const [host] = stack.referencesOf(record, "zoneId", ZONE);
            if (host !== undefined && Array.isArray(ifKnown(() => host.props.vpcs))) {
                report(`is an alias of a distribution in the private zone ${host.name}.`, record);
            }
            if (flag(alias.evaluateTargetHealth) !== false) {
                report("is an alias of a distribution and has evaluateTargetHealth true.", record);
            }
            // What comes from the distribution alone is its own zone, known or not.
            const isOwn = related && targets.every(({ type }) => type === DISTRIBUTION);
            if (!(isOwn && isUnknown(() => alias.zoneId)) && text(alias.zoneId) !== CLOUDFRONT_ZONE) {
                report(`is an alias of a distribution and has the zoneId "${zone ?? ""}".`, record);
            }
        });
    },
});
