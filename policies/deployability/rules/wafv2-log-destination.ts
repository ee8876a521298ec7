import { ifKnown, list, type Member, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { arnOf } from "../shared/arn";

const LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const PREFIX = "aws-waf-logs-";
const DESTINATIONS = [
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
] as const;

export const rule = stackRule({
    id: "wafv2-log-destination",
    severity: "high",
    description:
        "A web ACL writes its logs to one destination of its region, whose name begins with aws-waf-logs-.",
    fix: `Name the log group, stream or bucket ${PREFIX}…, in the web ACL's region.`,
    frameworks: { controls: ["C18", "F17.6"] },
    types: [LOGGING],
    checkStack: (stack, report) => {
        const owners = new Map<string, string>();
        stack.each(stack.ofType(LOGGING), (logging) => {
            const count = list(logging.props.logDestinationConfigs).length;
            if (count !== 1) {
                report(`has ${count} destinations; allowed: one.`, logging);
            }
            const acl = stack.referencesOf(logging, "resourceArn", "aws:wafv2/webAcl:WebAcl")[0]?.urn;
            const owner = acl === undefined ? undefined : owners.get(acl);
            if (owner !== undefined) {
                report(`writes the logs of a web ACL, and so does ${owner}.`, logging);
            }
            owners.set(acl ?? "", owner ?? logging.name);
            const destinations = stack.referencesOf(logging, "logDestinationConfigs", ...DESTINATIONS);
            for (const destination of destinations) {
                const own = placeOf(logging);
                const place = placeOf(destination);
                if (own !== undefined && place !== undefined && own !== place) {
                    report(`is in ${own} and writes to ${destination.name} of ${place}.`, logging);
                }
                const name = beginningOf(destination);
                if (name?.startsWith(PREFIX) === false) {
                    report(`writes to "${name}", which does not begin with ${PREFIX}.`, logging);
                }
            }
            if (destinations.length === 0) {
                // The name stands last in ARNs of all three kinds.
                const known = ifKnown(() =>
                    list(logging.props.logDestinationConfigs).map((each) => text(each)),
                );
                const arn = arnOf((known ?? [])[0] ?? text(list(logging.props.logDestinationConfigs)[0]));
                const name = arn?.resource.replace(/:\*$/, "").split(/[:/]/).at(-1);
                if (name?.startsWith(PREFIX) === false) {
                    report(`writes to "${name}", which does not begin with ${PREFIX}.`, logging);
                }
            }
        });
    },
});

/** The name of a destination, or what it will begin with. */
function beginningOf(destination: Member): string | undefined {
    const property = destination.type.startsWith("aws:s3/") ? "bucket" : "name";
    const given = isInput(destination, `${property}Prefix`) ? `${property}Prefix` : property;
    return text(destination.props[given]);
}
