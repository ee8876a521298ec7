import { flag, type Member, object, stackRule, text } from "../../framework";
import { anyOf, eachObject } from "../../framework/items";
import { matches } from "../../framework/patterns";
import { placeOf } from "../../framework/places";
import { REPOSITORY } from "../shared/repositories";

const REGISTRY_SCANNING = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

export const rule = stackRule({
    id: "ecr-scan-on-push",
    severity: "high",
    description: "Images are scanned for vulnerabilities when they are pushed.",
    fix: "Set imageScanningConfiguration.scanOnPush to true, or add an aws.ecr.RegistryScanningConfiguration for the region.",
    frameworks: { controls: ["128"], securityHub: ["ECR.1"], checkov: ["CKV_AWS_163"] },
    types: [REPOSITORY],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REPOSITORY), (repository) => {
            // The provider's default is false.
            const scans = anyOf([
                () => flag(object(repository.props.imageScanningConfiguration).scanOnPush) === true,
                ...stack.ofType(REGISTRY_SCANNING).map((registry) => () => isScanned(repository, registry)),
            ]);
            if (!scans) {
                report(
                    "does not scan images: imageScanningConfiguration.scanOnPush is not true.",
                    repository,
                );
            }
        });
    },
});

/** Whether the settings of a registry have the repository's images scanned. */
function isScanned(repository: Member, registry: Member): boolean {
    if (placeOf(repository) !== placeOf(registry)) {
        return false;
    }
    const name = text(repository.props.name) ?? repository.name;
    let found = false;
    eachObject(registry.props.rules, ({ scanFrequency, repositoryFilters }) => {
        if (["SCAN_ON_PUSH", "CONTINUOUS_SCAN"].includes(text(scanFrequency) ?? "MANUAL")) {
            eachObject(repositoryFilters, ({ filter }) => {
                // A filter without a wildcard takes any name that it is part of.
                const pattern = text(filter) ?? "";
                found ||= matches(pattern.includes("*") ? pattern : `*${pattern}*`, name);
            });
        }
    });
    return found;
}
