import { list, type Member, object, type Props, stackRule, type StackView, text } from "../../framework";
import { eachObject, inputOf } from "../../framework/items";

const IMAGE = "aws:ec2/amiLaunchPermission:AmiLaunchPermission";
const IMAGES = "aws:imagebuilder/distributionConfiguration:DistributionConfiguration";
const VOLUMES = "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission";
const DOCUMENT = "aws:ssm/document:Document";
const SERVICE = "aws:ec2/vpcEndpointService:VpcEndpointService";
const PRINCIPAL = "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple";
const SNAPSHOTS = [
    "aws:rds/clusterSnapshot:ClusterSnapshot",
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
    "aws:rds/snapshot:Snapshot",
    "aws:rds/snapshotCopy:SnapshotCopy",
];
/** Settings of a region, which keep everything of a kind from being shared with all. */
const BLOCKS = [
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
];

export const rule = stackRule({
    id: "sharing-public",
    severity: "critical",
    description:
        "Snapshots, machine images, Systems Manager documents and endpoint services are shared with nobody whom they do not name.",
    fix: "Name the accounts that need it, and leave AWS's blocks of public sharing on.",
    frameworks: {
        controls: ["33"],
        securityHub: ["EC2.1", "EC2.182", "RDS.1", "SSM.4"],
        checkov: ["CKV_AWS_205"],
    },
    types: [IMAGE, IMAGES, VOLUMES, DOCUMENT, SERVICE, PRINCIPAL, ...SNAPSHOTS, ...BLOCKS],
    checkStack: (stack, report) => {
        const judge = (types: readonly string[], problemOf: (member: Member) => string | undefined): void => {
            stack.each(stack.ofType(...types), (member) => {
                const problem = problemOf(member);
                if (problem !== undefined) {
                    report(problem, member);
                }
            });
        };
        judge([IMAGE], ({ props }) =>
            text(props.group) === "all" ? 'lets anybody start the image: group is "all".' : undefined,
        );
        stack.each(stack.ofType(IMAGES), (member) => {
            eachObject(member.props.distributions, ({ amiDistributionConfiguration }, index) => {
                const { launchPermission } = object(amiDistributionConfiguration);
                if (list(object(launchPermission).userGroups).includes("all")) {
                    report(
                        `lets anybody start the images of distributions[${index}]: userGroups has "all".`,
                        member,
                    );
                }
            });
        });
        judge([VOLUMES], ({ props }) =>
            text(props.accountId) === "all"
                ? 'lets anybody make volumes of the snapshot: accountId is "all".'
                : undefined,
        );
        judge(SNAPSHOTS, (member) =>
            list(inputOf(member, "sharedAccounts")).includes("all")
                ? 'lets anybody restore the snapshot: sharedAccounts has "all".'
                : undefined,
        );
        judge([DOCUMENT], (member) =>
            isSharedWithAll(object(inputOf(member, "permissions")))
                ? 'lets anybody run the document: permissions.account_ids has "All".'
                : undefined,
        );
        judge([SERVICE], (member) =>
            list(inputOf(member, "allowedPrincipals")).includes("*") && !asksFirst(member)
                ? 'lets anybody connect: allowedPrincipals has "*", and acceptanceRequired is not true.'
                : undefined,
        );
        judge([PRINCIPAL], (member) =>
            text(member.props.principalArn) === "*" && !isAccepted(stack, member)
                ? 'lets anybody connect: principalArn is "*", and the service does not ask for acceptance.'
                : undefined,
        );
        judge(BLOCKS, ({ props }) =>
            text(props.state) === "unblocked"
                ? 'lets the region share with anybody: state is "unblocked".'
                : undefined,
        );
    },
});

/** Whether the accounts of a document are all; a map keeps the provider's own name for them. */
function isSharedWithAll({ account_ids: accounts }: Props): boolean {
    return (text(accounts) ?? "").split(",").some((account) => account.trim().toLowerCase() === "all");
}

/** Whether somebody has to accept each connection. */
function asksFirst({ props }: Member): boolean {
    return props.acceptanceRequired === true;
}

function isAccepted(stack: StackView, principal: Member): boolean {
    const services = stack.referencesOf(principal, "vpcEndpointServiceId", SERVICE);
    // One outside the stack may ask or not; the list of whom it lets in is the program's alone.
    return services.length > 0 && services.every(asksFirst);
}
