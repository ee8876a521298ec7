// What other domains and the stacks use of this one; what is not here is its own business.
export {
    AccountRecovery,
    MfaMethod,
    MfaRequirement,
    PasswordlessFactor,
    ThreatProtection,
    UserDirectory,
    type UserDirectoryArgs,
    UserPoolPlan,
} from "./userDirectory/userDirectory";
export { UserStorage } from "./userStorage";
