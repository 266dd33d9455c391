/** Source system (BELONGSYSTEM) of the main hall's window system. */
export const MAIN_HALL_SYSTEM = 'ZZ-ZWZX'
